package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a revision as the runner lists it on the host, after a script has changed it. */
final class ListedTree {

  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  private final byte[] listing;
  private int at;

  private ListedTree(byte[] listing) {
    this.listing = listing;
  }

  /**
   * Reads a listing: for each entry the letter of its kind, the length of its path in bytes, and
   * the path; after a link, its target in the same form. Modes and sizes are not listed, because no
   * plan needs them.
   */
  static BundleIndex parse(byte[] listing) throws IOException {
    ListedTree reader = new ListedTree(listing);
    List<BundleEntry> entries = new ArrayList<>();
    while (reader.at < listing.length) {
      char kind = reader.kind();
      String path = reader.text();
      entries.add(
          switch (kind) {
            case 'd' -> BundleEntry.directory(path, DIRECTORY_MODE);
            case 'f' -> BundleEntry.file(path, FILE_MODE, 0);
            case 'l' -> BundleEntry.symlink(path, reader.target());
            default -> throw new IOException("the host listed an unknown kind: " + kind);
          });
    }
    return BundleIndex.of(entries, Map.of());
  }

  private String target() throws IOException {
    if (at >= listing.length || kind() != 't') {
      throw new IOException("the host listed a link without its target");
    }
    return text();
  }

  private char kind() {
    return (char) listing[at];
  }

  private String text() throws IOException {
    int from = at + 2;
    int space = from;
    while (space < listing.length && listing[space] != ' ') {
      space++;
    }
    int length;
    try {
      length = Integer.parseInt(new String(listing, from, space - from, UTF_8));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException("the host's listing of its revision makes no sense", e);
    }
    int end = space + 1 + length;
    if (end >= listing.length || listing[end] != '\n') {
      throw new IOException("the host's listing of its revision breaks off");
    }
    at = end + 1;
    return new String(listing, space + 1, length, UTF_8);
  }
}
