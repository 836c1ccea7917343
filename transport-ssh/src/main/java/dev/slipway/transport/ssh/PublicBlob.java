package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/** Public keys and certificates as SSH sends them, and as files hold them: one line of text. */
final class PublicBlob {

  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  private static final String PRIVATE_BEGINS = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String PRIVATE_ENDS = "-----END OPENSSH PRIVATE KEY-----";
  private static final String PRIVATE_MAGIC = "openssh-key-v1\0";

  private PublicBlob() {}

  /** Returns what kind it is; empty for what is none. */
  static String type(byte[] blob) {
    try {
      return new Buffer.PlainBuffer(blob).readString();
    } catch (Buffer.BufferException e) {
      return "";
    }
  }

  static boolean isCertificate(byte[] blob) {
    return type(blob).endsWith(CERTIFICATE);
  }

  /** Returns the algorithm that signs where this one names a certificate. */
  static String signing(String algorithm) {
    return algorithm.endsWith(CERTIFICATE)
        ? algorithm.substring(0, algorithm.length() - CERTIFICATE.length())
        : algorithm;
  }

  /** Returns the key of a certificate, or the key itself. */
  static byte[] plain(byte[] blob) {
    if (!isCertificate(blob)) {
      return blob;
    }
    try {
      Buffer.PlainBuffer from = new Buffer.PlainBuffer(blob);
      String type = signing(from.readString());
      byte[] unusedNonce = from.readBytes();
      Buffer.PlainBuffer to = new Buffer.PlainBuffer().putString(type);
      int fields = type.equals("ssh-ed25519") ? 1 : 2;
      for (int i = 0; i < fields; i++) {
        to.putBytes(from.readBytes());
      }
      return to.getCompactData();
    } catch (Buffer.BufferException e) {
      return blob;
    }
  }

  /**
   * Returns the public part of a private key in OpenSSH's form, which is legible also where the
   * rest is locked with a passphrase; empty for a file of another form.
   */
  static Optional<byte[]> inPrivate(Path file) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file, ISO_8859_1).strip();
    if (!text.startsWith(PRIVATE_BEGINS) || !text.endsWith(PRIVATE_ENDS)) {
      return Optional.empty();
    }
    try {
      byte[] content =
          Base64.getMimeDecoder()
              .decode(
                  text.substring(PRIVATE_BEGINS.length(), text.length() - PRIVATE_ENDS.length()));
      if (!new String(content, ISO_8859_1).startsWith(PRIVATE_MAGIC)) {
        return Optional.empty();
      }
      Buffer.PlainBuffer from =
          new Buffer.PlainBuffer(
              Arrays.copyOfRange(content, PRIVATE_MAGIC.length(), content.length));
      String unusedCipher = from.readString();
      String unusedDerivation = from.readString();
      byte[] unusedOptions = from.readBytes();
      return from.readUInt32() == 1 ? Optional.of(from.readBytes()) : Optional.empty();
    } catch (IllegalArgumentException | Buffer.BufferException e) {
      return Optional.empty();
    }
  }

  /** Returns what a file such as {@code id_ed25519.pub} holds; empty if it is no such file. */
  static Optional<byte[]> in(Path file) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String[] words = new String(Files.readAllBytes(file), UTF_8).strip().split("\\s+", 3);
    if (words.length < 2) {
      return Optional.empty();
    }
    try {
      byte[] blob = Base64.getDecoder().decode(words[1]);
      return type(blob).equals(words[0]) ? Optional.of(blob) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
