package dev.slipway.host.bundle;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is in a bundle: its tree as data, with the bytes of a few small files. Paths are relative to
 * the revision's root, that is, a leading directory is already stripped.
 *
 * <p>The order everywhere is that of the bytes of the names. A pure value; thread-safe.
 */
public final class BundleIndex {

  private final NavigableMap<String, BundleEntry> entries;
  private final Map<String, List<BundleEntry>> children;
  private final Map<String, byte[]> contents;

  private BundleIndex(
      NavigableMap<String, BundleEntry> entries,
      Map<String, List<BundleEntry>> children,
      Map<String, byte[]> contents) {
    this.entries = entries;
    this.children = children;
    this.contents = contents;
  }

  /**
   * Returns the index of a tree that has these entries, and the directories that they imply.
   *
   * @param entries in any order, each path once; the root need not be there
   * @param contents the bytes of some of the files, by path
   * @throws IllegalArgumentException if a path is there twice, something is below a file or link,
   *     or a content belongs to no file
   */
  public static BundleIndex of(Collection<BundleEntry> entries, Map<String, byte[]> contents) {
    NavigableMap<String, BundleEntry> byPath = new TreeMap<>(EntryPaths.BYTEWISE);
    for (BundleEntry entry : entries) {
      if (byPath.put(entry.path(), entry) != null) {
        throw new IllegalArgumentException("a tree has each path once, but twice " + entry.path());
      }
    }
    addImplied(byPath);
    Map<String, byte[]> copies = new HashMap<>();
    contents.forEach(
        (path, bytes) -> {
          BundleEntry entry = byPath.get(path);
          if (entry == null || entry.kind() != EntryKind.FILE) {
            throw new IllegalArgumentException("a content belongs to a file, but not " + path);
          }
          copies.put(path, bytes.clone());
        });
    return new BundleIndex(byPath, childrenOf(byPath), copies);
  }

  private static void addImplied(NavigableMap<String, BundleEntry> byPath) {
    for (String path : List.copyOf(byPath.keySet())) {
      String parent = path;
      while (!parent.isEmpty()) {
        parent = EntryPaths.parent(parent);
        BundleEntry above = byPath.putIfAbsent(parent, BundleEntry.impliedDirectory(parent));
        if (above != null && above.kind() != EntryKind.DIRECTORY) {
          throw new IllegalArgumentException(
              "only a directory has something below it, but " + parent + " is a " + above.kind());
        }
        if (above != null) {
          break;
        }
      }
    }
    byPath.putIfAbsent("", BundleEntry.impliedDirectory(""));
  }

  private static Map<String, List<BundleEntry>> childrenOf(
      NavigableMap<String, BundleEntry> byPath) {
    Map<String, List<BundleEntry>> children = new HashMap<>();
    for (BundleEntry entry : byPath.values()) {
      if (!entry.path().isEmpty()) {
        children
            .computeIfAbsent(EntryPaths.parent(entry.path()), parent -> new ArrayList<>())
            .add(entry);
      }
    }
    children.values().forEach(list -> list.sort(comparing(BundleEntry::name, EntryPaths.BYTEWISE)));
    return children;
  }

  /** Returns all entries but the root, sorted by path; parents before what is in them. */
  public Collection<BundleEntry> entries() {
    return Collections.unmodifiableCollection(entries.tailMap("", false).values());
  }

  /**
   * Returns the entry at a path, or empty if there is none. Links are not followed, not even on the
   * way.
   *
   * @param path as in {@link BundleEntry#path()}; the empty string is the root
   */
  public Optional<BundleEntry> entry(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /**
   * Returns what is directly in a directory, sorted by name; empty for anything that is not a
   * directory.
   *
   * @param directory as in {@link BundleEntry#path()}; the empty string is the root
   */
  public List<BundleEntry> children(String directory) {
    return Collections.unmodifiableList(children.getOrDefault(directory, List.of()));
  }

  /**
   * Returns the bytes of a small file that the reader of this index was asked to keep, or empty for
   * any other path. Links are followed within the bundle.
   *
   * @param path as it stands in an AppSpec or a setting, such as {@code appspec.yml}
   */
  public Optional<byte[]> content(String path) {
    BundleResolution found = resolve(path);
    return found.outcome() == BundleResolution.Outcome.FOUND
        ? Optional.ofNullable(contents.get(found.path())).map(byte[]::clone)
        : Optional.empty();
  }

  /**
   * Returns what a path leads to when links are followed, as a file system with this tree at its
   * root would, except that nothing outside of the bundle is ever reached.
   *
   * @param path any text: leading slashes mean the bundle's root, empty and {@code .} parts mean
   *     nothing, {@code ..} the directory above
   */
  public BundleResolution resolve(String path) {
    return new LinkWalk(entries).resolve(path);
  }

  /** Returns the kept contents, by path. For {@link LeadingDirectory}. */
  Map<String, byte[]> contents() {
    return contents;
  }

  @Override
  public String toString() {
    return "BundleIndex" + entries.keySet();
  }
}
