package dev.slipway.transport.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;

/**
 * Files with the keys of hosts, in OpenSSH's form. Each is read once and again when it has changed.
 * Thread-safe; guarded by its own monitor.
 */
final class KnownHosts {

  private record Read(FileTime at, List<KnownHostEntry> entries) {}

  private final Map<Path, Read> files = new HashMap<>();

  /** Returns the entries of all these files; a file that does not exist has none. */
  synchronized List<KnownHostEntry> in(List<Path> paths) {
    List<KnownHostEntry> entries = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isReadable(path)) {
        entries.addAll(read(path));
      }
    }
    return entries;
  }

  private List<KnownHostEntry> read(Path path) {
    try {
      FileTime now = Files.getLastModifiedTime(path);
      Read before = files.get(path);
      if (before != null && before.at().equals(now)) {
        return before.entries();
      }
      List<KnownHostEntry> entries = List.copyOf(new OpenSSHKnownHosts(path.toFile()).entries());
      files.put(path, new Read(now, entries));
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read as known hosts", e);
    }
  }

  /** Adds an entry to a file, which is made if there is none. */
  synchronized void add(Path path, String line) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    boolean begun = Files.exists(path) && Files.size(path) > 0;
    String before = begun && !Files.readString(path).endsWith("\n") ? "\n" : "";
    Files.writeString(
        path, before + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    files.remove(path);
  }
}
