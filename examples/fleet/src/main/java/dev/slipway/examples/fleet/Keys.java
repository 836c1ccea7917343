package dev.slipway.examples.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** RSA key pairs: what every SSH client reads without further providers. */
final class Keys {

  private static final int BITS = 2048;

  private Keys() {}

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  static List<KeyPair> generate(int count, Executor executor) {
    List<CompletableFuture<KeyPair>> pairs =
        Stream.generate(() -> CompletableFuture.supplyAsync(Keys::generate, executor))
            .limit(count)
            .toList();
    return pairs.stream().map(CompletableFuture::join).toList();
  }

  /** Returns the public key as it stands in {@code known_hosts}. */
  static String line(KeyPair pair) {
    return PublicKeyEntry.toString(pair.getPublic());
  }

  /** Writes the private key in OpenSSH's format, for its owner only. */
  static void write(Path file, KeyPair pair) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "fleet", null, out);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot be written to " + file, e);
    }
  }
}
