package dev.slipway.host.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gathers the entries of a bundle as data, by the very rules by which {@link TreeWriter} writes
 * them: what one refuses, the other refuses.
 */
final class IndexSink implements MemberSink {

  private final IntakeGate gate;
  private final Set<String> wanted;
  private final int mostContentBytes;
  private final TreeMap<String, BundleEntry> entries = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  /** The first name of each file that has several. */
  private final Map<String, String> firstNames = new HashMap<>();

  private final Set<String> missed = new HashSet<>();

  /**
   * Makes one.
   *
   * @param wanted paths of files whose bytes are kept, if they are at most {@code mostContentBytes}
   */
  IndexSink(IntakeGate gate, Set<String> wanted, int mostContentBytes) {
    this.gate = gate;
    this.wanted = wanted;
    this.mostContentBytes = mostContentBytes;
  }

  @Override
  public void directory(Member member) {
    BundleEntry there = entries.get(member.path());
    if (there != null && there.kind() != EntryKind.DIRECTORY) {
      clear(member.path());
    }
    put(BundleEntry.directory(member.path(), member.mode()));
  }

  @Override
  public void file(Member member, long size, Content content) throws IOException {
    clear(member.path());
    put(BundleEntry.file(member.path(), member.mode(), size));
    if (isWanted(member.path()) && size <= mostContentBytes) {
      try (InputStream in = content.open()) {
        contents.put(member.path(), in.readAllBytes());
      }
    }
  }

  /** A leading directory may be taken off later: what is one level down counts too. */
  private boolean isWanted(String path) {
    return wanted.contains(path) || wanted.contains(path.substring(path.indexOf('/') + 1));
  }

  @Override
  public void symlink(Member member, String target) {
    clear(member.path());
    put(BundleEntry.symlink(member.path(), target));
  }

  @Override
  public void hardlink(Member member, String earlier) {
    makeDirectories(EntryPaths.parent(earlier), earlier);
    BundleEntry there = entries.get(earlier);
    if (there == null || there.kind() == EntryKind.DIRECTORY) {
      throw gate.refusal(
          "the hard link "
              + IntakeGate.quote(member.path())
              + " is to "
              + IntakeGate.quote(earlier)
              + ", which is no file before it in the bundle");
    }
    if (!member.path().equals(earlier)) {
      clear(member.path());
      put(there.at(member.path()));
      keepContent(member.path(), earlier);
    }
  }

  private void keepContent(String path, String earlier) {
    String firstName = firstNames.getOrDefault(earlier, earlier);
    firstNames.put(path, firstName);
    byte[] bytes = contents.get(earlier);
    if (bytes != null) {
      contents.put(path, bytes);
    } else if (isWanted(path)) {
      missed.add(firstName);
    }
  }

  /** Returns the paths of files that should have been wanted, because a wanted one is a link. */
  Set<String> missed() {
    return missed;
  }

  private void put(BundleEntry entry) {
    makeDirectories(EntryPaths.parent(entry.path()), entry.path());
    entries.put(entry.path(), entry);
  }

  private void makeDirectories(String directory, String path) {
    if (directory.isEmpty()) {
      return;
    }
    BundleEntry there = entries.get(directory);
    if (there == null) {
      makeDirectories(EntryPaths.parent(directory), path);
      entries.put(directory, BundleEntry.impliedDirectory(directory));
    } else if (there.kind() != EntryKind.DIRECTORY) {
      throw gate.refusal(
          "the entry "
              + IntakeGate.quote(path)
              + " is below "
              + IntakeGate.quote(directory)
              + ", which is a "
              + (there.kind() == EntryKind.SYMLINK ? "link" : "file"));
    }
  }

  private void clear(String path) {
    String below = entries.higherKey(path + '/');
    if (below != null && below.startsWith(path + '/')) {
      throw gate.refusal(
          "the entry " + IntakeGate.quote(path) + " replaces a directory that is not empty");
    }
    entries.remove(path);
    contents.remove(path);
    firstNames.remove(path);
  }

  BundleIndex index() {
    return BundleIndex.of(new ArrayList<>(entries.values()), contents);
  }
}
