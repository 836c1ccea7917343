package dev.slipway.transport.ssh;

import java.io.IOException;
import java.nio.file.Path;

/** A key with a certificate from a file. */
final class CertifiedKey implements Identity {

  private final Path file;
  private final byte[] certificate;
  private final Identity key;

  CertifiedKey(Path file, byte[] certificate, Identity key) {
    this.file = file;
    this.certificate = certificate.clone();
    this.key = key;
  }

  @Override
  public byte[] blob() {
    return certificate.clone();
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws IOException {
    return key.sign(algorithm, data);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
