package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.EntryKind;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Where the files of a bundle are in its tar, and what they hold: by this a host that has some of
 * them makes the same tar without being sent them.
 *
 * @param files the files worth it, in the order of the tar
 * @param id the SHA-256 of the tar, not compressed
 * @param size its bytes
 */
record TarMap(List<Part> files, RevisionId id, long size) {

  /** What is smaller is sent again. */
  private static final int SMALLEST_FILE = 1024;

  private static final int BUFFER = 64 * 1024;

  /**
   * A file.
   *
   * @param path its path in the unpacked revision
   * @param sha256 of its content
   * @param offset where its content begins in the tar
   * @param size its bytes
   */
  record Part(String path, String sha256, long offset, long size) {}

  /** Copies the list in. */
  TarMap {
    files = List.copyOf(files);
  }

  /**
   * Reads a bundle.
   *
   * @param type TAR or TGZ
   * @param index what is in the bundle once it is unpacked
   */
  static TarMap of(Path bundle, BundleType type, BundleIndex index) throws IOException {
    MessageDigest whole = sha256();
    List<Part> files = new ArrayList<>();
    long size;
    try (HashedStream bytes = new HashedStream(open(bundle, type), whole)) {
      TarArchiveInputStream tar = new TarArchiveInputStream(bytes, UTF_8.name());
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        long offset = tar.getBytesRead();
        Optional<String> path = pathOf(entry, index);
        if (path.isPresent()) {
          files.add(new Part(path.get(), digest(tar), offset, entry.getSize()));
        }
      }
      // What follows the last entry is part of the tar too.
      bytes.transferTo(OutputStream.nullOutputStream());
      size = bytes.count();
    }
    return new TarMap(files, new RevisionId(HexFormat.of().formatHex(whole.digest())), size);
  }

  /** Opens a bundle as a tar that is not compressed. */
  static InputStream open(Path bundle, BundleType type) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(bundle), BUFFER);
    return type == BundleType.TGZ ? new GZIPInputStream(file, BUFFER) : file;
  }

  /** A leading directory may have been taken off. */
  private static Optional<String> pathOf(TarArchiveEntry entry, BundleIndex index) {
    if (!entry.isFile() || entry.isLink() || entry.getSize() < SMALLEST_FILE) {
      return Optional.empty();
    }
    String name = entry.getName();
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    if (name.indexOf('\n') >= 0) {
      // Names are on lines of their own where a host keeps them.
      return Optional.empty();
    }
    String below = name.substring(name.indexOf('/') + 1);
    return List.of(name, below).stream().filter(path -> isThere(path, entry, index)).findFirst();
  }

  private static boolean isThere(String path, TarArchiveEntry entry, BundleIndex index) {
    Optional<BundleEntry> found = path.isEmpty() ? Optional.empty() : index.entry(path);
    return found.isPresent()
        && found.get().kind() == EntryKind.FILE
        && found.get().size() == entry.getSize();
  }

  private static String digest(InputStream content) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns what a host keeps to know what it holds: digest and path of each file. */
  byte[] listing() {
    StringBuilder lines = new StringBuilder();
    files.forEach(file -> lines.append(file.sha256()).append(' ').append(file.path()).append('\n'));
    return lines.toString().getBytes(UTF_8);
  }
}
