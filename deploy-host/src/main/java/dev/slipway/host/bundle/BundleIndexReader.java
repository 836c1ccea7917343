package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the index of a bundle without unpacking it to disk: an archive is read once from front to
 * back (twice, if a wanted file is behind a link). Refuses what {@link BundleUnpacker} refuses, for
 * the same reasons.
 *
 * <p>Thread-safe. Blocks on the file system. Memory grows with the number of entries, not with
 * their sizes.
 */
public final class BundleIndexReader {

  /** A wanted file may have so many bytes; an AppSpec has a few thousand. */
  private static final int MOST_CONTENT_BYTES = 1 << 20;

  private final IntakeOptions options;

  /** Makes one with these options. */
  public BundleIndexReader(IntakeOptions options) {
    this.options = options;
  }

  /**
   * Reads a bundle. The leading directory of an archive is stripped; a directory is taken as it is.
   *
   * @param bundle an archive file, or a directory
   * @param type what it is
   * @param wanted paths, as the index will have them, of small files whose bytes are kept, such as
   *     {@code appspec.yml}; those that are not there are not missed
   * @throws RevisionException if there is no such bundle, it is damaged, or it is refused
   */
  public BundleIndex read(Path bundle, BundleType type, Set<String> wanted) {
    try {
      Set<String> missed = new HashSet<>();
      BundleIndex index = readOnce(bundle, type, wanted, missed);
      if (missed.isEmpty()) {
        return index;
      }
      missed.addAll(wanted);
      return readOnce(bundle, type, missed, new HashSet<>());
    } catch (IOException e) {
      throw new RevisionException(bundle + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads a bundle from front to back.
   *
   * @param missed gets the paths of files that turned out to be behind a wanted link
   */
  private BundleIndex readOnce(Path bundle, BundleType type, Set<String> wanted, Set<String> missed)
      throws IOException {
    IntakeGate gate = IntakeGate.of(bundle, type, options);
    IndexSink sink = new IndexSink(gate, wanted, MOST_CONTENT_BYTES);
    BundleSource.of(bundle, type, gate).tellAll(sink);
    BundleIndex whole = sink.index();
    BundleIndex index = type == BundleType.DIRECTORY ? whole : LeadingDirectory.strip(whole);
    missed.addAll(sink.missed());
    for (String path : wanted) {
      BundleResolution found = index.resolve(path);
      if (found.outcome() == BundleResolution.Outcome.FOUND
          && index.entry(found.path()).orElseThrow().kind() == EntryKind.FILE
          && !wanted.contains(found.path())) {
        missed.add(found.path());
      }
    }
    return index;
  }
}
