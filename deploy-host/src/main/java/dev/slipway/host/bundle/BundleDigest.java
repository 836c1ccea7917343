package dev.slipway.host.bundle;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.RevisionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of bundles. */
public final class BundleDigest {

  private static final int BUFFER_BYTES = 1 << 16;

  private BundleDigest() {}

  /**
   * Returns the SHA-256 of a file, reading it once.
   *
   * @throws RevisionException if it cannot be read
   */
  public static RevisionId of(Path file) {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new RevisionException(file + " cannot be read: " + e, e);
    }
    return new RevisionId(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
