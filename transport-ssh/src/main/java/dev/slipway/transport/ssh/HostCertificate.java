package dev.slipway.transport.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.slipway.transport.ssh.config.Patterns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;

/**
 * What makes the certificate of a host count (OpenSSH's PROTOCOL.certkeys). SSHJ would look at some
 * of that in some key exchanges, and not by the name that {@code HostKeyAlias} says.
 */
final class HostCertificate {

  /** The type of a certificate that is for a host and not for an account. */
  private static final long OF_A_HOST = 2;

  private HostCertificate() {}

  /**
   * Returns why a certificate says nothing of a host; empty if it does.
   *
   * @param name the host's, without a port
   */
  static Optional<String> fault(Certificate<?> certificate, String name, Instant now) {
    List<String> names = certificate.getValidPrincipals();
    if (certificate.getType() != OF_A_HOST) {
      return Optional.of("it is for accounts, not for hosts. Sign the host's key with -h.");
    }
    if (!Patterns.matchesOneOf(names, name)) {
      return Optional.of("it is for " + names + ", not for " + name + ".");
    }
    if (now.isBefore(certificate.getValidAfter().toInstant())) {
      return Optional.of("it is valid from " + certificate.getValidAfter().toInstant() + " only.");
    }
    if (!now.isBefore(certificate.getValidBefore().toInstant())) {
      return Optional.of("it was valid until " + certificate.getValidBefore().toInstant() + ".");
    }
    if (!certificate.getCritOptions().isEmpty()) {
      return Optional.of(
          "it has options that must not be ignored and are not known here: "
              + certificate.getCritOptions().keySet()
              + ".");
    }
    return isSigned(certificate)
        ? Optional.empty()
        : Optional.of("its authority has not signed it in a way that is known to be safe.");
  }

  /** The signature is the last field, and is about all before it. */
  private static boolean isSigned(Certificate<?> certificate) {
    byte[] signed = certificate.getSignature();
    byte[] all = new Buffer.PlainBuffer().putPublicKey(certificate).getCompactData();
    try {
      String algorithm = new Buffer.PlainBuffer(signed).readString();
      Signature signature =
          isSafe(algorithm)
              ? Factory.Named.Util.create(KeyType.CertUtils.ALL_SIGNATURES, algorithm)
              : null;
      if (signature == null) {
        return false;
      }
      signature.initVerify(new Buffer.PlainBuffer(certificate.getSignatureKey()).readPublicKey());
      signature.update(all, 0, all.length - signed.length - Integer.BYTES);
      return signature.verify(signed);
    } catch (Buffer.BufferException | SSHRuntimeException e) {
      return false;
    }
  }

  /** SHA-1 and DSA are of another age, and OpenSSH does not take them from authorities either. */
  private static boolean isSafe(String algorithm) {
    return !algorithm.equals("ssh-rsa") && !algorithm.equals("ssh-dss");
  }
}
