package dev.slipway.transport.ssh;

import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hosts get of a bundle when they hold some of it. Hosts of a fleet nearly always hold the
 * same, so each delta is made once. Thread-safe; guarded by its own monitor, also while a delta is
 * made: who wants the same one waits for it.
 */
final class Deltas {

  private static final Logger LOG = LoggerFactory.getLogger(Deltas.class);

  /** A bundle that is smaller is sent as it is: to ask takes longer. */
  private static final long SMALLEST_BUNDLE = 256 * 1024;

  /** How much of a bundle a host must hold, at least, as a divisor. */
  private static final int LEAST_SHARE = 4;

  /** Hosts that hold something else still get the whole bundle. */
  private static final int MOST_DELTAS = 8;

  private final Path bundle;
  private final BundleType type;
  private final @Nullable TarMap map;
  private final Path directory;
  private final Map<Set<String>, Delta> made = new HashMap<>();
  private boolean deleted;

  private Deltas(Path bundle, BundleType type, @Nullable TarMap map, Path directory) {
    this.bundle = bundle;
    this.type = type;
    this.map = map;
    this.directory = directory;
  }

  /**
   * Reads a bundle that lies ready to be sent.
   *
   * @param index what is in it once it is unpacked
   * @param directory where deltas go until {@link #delete}
   */
  static Deltas of(Path bundle, BundleType type, BundleIndex index, Path directory) {
    try {
      TarMap map = Files.size(bundle) < SMALLEST_BUNDLE ? null : TarMap.of(bundle, type, index);
      return new Deltas(bundle, type, map, directory);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} is sent whole to every host, because its tar cannot be taken apart", bundle, e);
      return new Deltas(bundle, type, null, directory);
    }
  }

  /** Returns where the files of the bundle are in its tar; null when that is not worth it. */
  @Nullable TarMap map() {
    return map;
  }

  /**
   * Returns what a host gets.
   *
   * @param digests of the files that it has
   * @return nothing when it holds too little, or when nobody needs the bundle any more: what was
   *     made then, nobody would remove
   */
  synchronized Optional<Delta> to(Set<String> digests) throws IOException {
    if (map == null || deleted) {
      return Optional.empty();
    }
    List<TarMap.Part> files =
        map.files().stream().filter(file -> digests.contains(file.sha256())).toList();
    Set<String> held = files.stream().map(TarMap.Part::sha256).collect(Collectors.toSet());
    Delta known = made.get(held);
    if (known != null && Files.exists(known.pieces())) {
      return Optional.of(known);
    }
    // What cleans directories for temporary files up may have removed the pieces.
    made.remove(held);
    long size = files.stream().mapToLong(TarMap.Part::size).sum();
    if (made.size() >= MOST_DELTAS || size < map.size() / LEAST_SHARE) {
      return Optional.empty();
    }
    Path pieces = Files.createTempFile(directory, "pieces", ".tar");
    boolean done = false;
    try {
      Delta delta = Delta.of(bundle, type, map, held, pieces);
      made.put(held, delta);
      done = true;
      return Optional.of(delta);
    } finally {
      if (!done) {
        Files.deleteIfExists(pieces);
      }
    }
  }

  /** Removes what was made; nothing is made from now on. */
  synchronized void delete() throws IOException {
    deleted = true;
    for (Delta delta : made.values()) {
      Files.deleteIfExists(delta.pieces());
    }
    made.clear();
  }
}
