package dev.slipway.transport.ssh;

import java.io.IOException;
import java.util.List;

/** A public key, or a certificate for one, and somebody who can sign with its private part. */
interface Identity {

  /** Returns the public key or the certificate as SSH sends it. */
  byte[] blob();

  /** Returns the algorithms to log in with, the best first. */
  default List<String> algorithms() {
    String type = PublicBlob.type(blob());
    return switch (type) {
      case "ssh-rsa" -> List.of("rsa-sha2-512", "ssh-rsa");
      case "ssh-rsa-cert-v01@openssh.com" -> List.of("rsa-sha2-512-cert-v01@openssh.com");
      default -> List.of(type);
    };
  }

  /**
   * Signs.
   *
   * @param algorithm of the signature, which has no certificates
   * @return the signature as SSH sends it, with the algorithm's name
   */
  byte[] sign(String algorithm, byte[] data) throws IOException;

  /** Returns where it is, for people. */
  @Override
  String toString();
}
