package dev.slipway.transport.ssh;

import dev.slipway.host.plan.Layout;
import dev.slipway.revision.BundleType;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A bundle without what a host holds: the pieces of its tar between the files that the host has,
 * and in which order pieces and files make up the tar.
 *
 * @param pieces a tar with the pieces, each a file with a number for its name, in a directory
 * @param isPacked whether that is compressed
 * @param size its bytes
 * @param order the names of pieces, and the digests of files
 */
record Delta(Path pieces, boolean isPacked, long size, List<String> order) {

  private static final int BUFFER = 64 * 1024;
  private static final String DIRECTORY = "pieces/";

  /** To unpack what is smaller costs a host more than to receive it as it is. */
  private static final long SMALL = 64 * 1024;

  /** Copies the order in. */
  Delta {
    order = List.copyOf(order);
  }

  /**
   * Returns what a host holds, by digest.
   *
   * @param directory the deployment's directory in which the host holds it
   * @param listing digest and path of each file, as {@link TarMap#listing} writes them
   */
  static Map<String, String> held(String directory, String listing) {
    Map<String, String> held = new HashMap<>();
    String archive = Layout.archiveIn(directory);
    // Not by lines(): a name may hold a carriage return.
    for (String line : listing.split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        held.putIfAbsent(line.substring(0, blank), archive + "/" + line.substring(blank + 1));
      }
    }
    return held;
  }

  /**
   * Writes the pieces of a bundle.
   *
   * @param held digests of the files that the host has
   * @param pieces the file to be
   */
  static Delta of(Path bundle, BundleType type, TarMap map, Set<String> held, Path pieces)
      throws IOException {
    List<String> order = new ArrayList<>();
    long heldSize =
        map.files().stream()
            .filter(part -> held.contains(part.sha256()))
            .mapToLong(TarMap.Part::size)
            .sum();
    boolean isPacked = map.size() - heldSize > SMALL;
    try (InputStream tar = TarMap.open(bundle, type);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(pieces), BUFFER);
        TarArchiveOutputStream out =
            new TarArchiveOutputStream(isPacked ? new GZIPOutputStream(file, BUFFER) : file)) {
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      long at = 0;
      for (TarMap.Part part : map.files()) {
        if (held.contains(part.sha256())) {
          piece(tar, part.offset() - at, order, out);
          order.add(part.sha256());
          tar.skipNBytes(part.size());
          at = part.offset() + part.size();
        }
      }
      piece(tar, map.size() - at, order, out);
      out.finish();
    }
    return new Delta(pieces, isPacked, Files.size(pieces), order);
  }

  /**
   * Returns the names of pieces and files in their order, for one host.
   *
   * @param held where it has files, by digest
   */
  List<String> names(Map<String, String> held) {
    return order.stream().map(one -> held.getOrDefault(one, one)).toList();
  }

  private static void piece(
      InputStream tar, long size, List<String> order, TarArchiveOutputStream out)
      throws IOException {
    if (size == 0) {
      return;
    }
    String name = DIRECTORY + order.size();
    order.add(name);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    out.putArchiveEntry(entry);
    byte[] buffer = new byte[BUFFER];
    long left = size;
    while (left > 0) {
      int count = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the bundle has become shorter");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
    out.closeArchiveEntry();
  }
}
