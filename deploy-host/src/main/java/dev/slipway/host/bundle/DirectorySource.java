package dev.slipway.host.bundle;

import dev.slipway.host.bundle.UnixFiles.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a directory tree in the order of its names. Links in it are told, never followed. */
final class DirectorySource implements BundleSource {

  private final Path root;
  private final IntakeGate gate;

  DirectorySource(Path root, IntakeGate gate) {
    this.root = root;
    this.gate = gate;
  }

  @Override
  public void tellAll(MemberSink sink) throws IOException {
    tellChildren(root.toRealPath(), "", sink);
  }

  private void tellChildren(Path directory, String path, MemberSink sink) throws IOException {
    for (Map.Entry<String, Path> named : children(directory).entrySet()) {
      Path child = named.getValue();
      String childPath = gate.path(EntryPaths.join(path, named.getKey()));
      if (!directory.resolve(named.getKey()).equals(child)) {
        throw gate.refusal(
            "the entry " + IntakeGate.quote(childPath) + " has a name that is not UTF-8");
      }
      Status status =
          UnixFiles.status(child)
              .orElseThrow(() -> new NoSuchFileException(child.toString(), null, "it went away"));
      gate.countEntry();
      tell(child, childPath, status, sink);
    }
  }

  private static SortedMap<String, Path> children(Path directory) throws IOException {
    try (Stream<Path> listed = Files.list(directory)) {
      SortedMap<String, Path> children = new TreeMap<>(EntryPaths.BYTEWISE);
      listed.forEach(child -> children.put(child.getFileName().toString(), child));
      return children;
    }
  }

  private void tell(Path child, String path, Status status, MemberSink sink) throws IOException {
    Member member = new Member(path, status.permissions(), false, null, Owner.UNNAMED);
    if (status.isDirectory()) {
      sink.directory(member);
      tellChildren(child, path, sink);
    } else if (status.isLink()) {
      sink.symlink(member, gate.linkTarget(path, Files.readSymbolicLink(child).toString()));
    } else if (status.isFile()) {
      gate.countBytes(status.size());
      sink.file(member, status.size(), () -> Files.newInputStream(child));
    } else {
      gate.skipsSpecial(path, "device, pipe or socket");
    }
  }
}
