package dev.slipway.transport.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;

/** A private key that was read from a file. */
final class KeyFile implements Identity {

  private final Path file;
  private final KeyPair keys;
  private final byte[] blob;
  private final Config config;

  KeyFile(Path file, KeyPair keys, Config config) {
    this.file = file;
    this.keys = keys;
    this.config = config;
    PublicKey key =
        keys.getPublic() instanceof Certificate<?> certificate
            ? certificate.getKey()
            : keys.getPublic();
    this.blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }

  @Override
  public byte[] blob() {
    return blob.clone();
  }

  @Override
  public byte[] sign(String algorithm, byte[] data) throws IOException {
    KeyAlgorithm known = Factory.Named.Util.create(config.getKeyAlgorithms(), algorithm);
    if (known == null) {
      throw new IOException(file + " cannot sign with " + algorithm + " in this Java");
    }
    try {
      Signature signature = known.newSignature();
      signature.initSign(keys.getPrivate());
      signature.update(data);
      return new Buffer.PlainBuffer()
          .putString(algorithm)
          .putBytes(signature.encode(signature.sign()))
          .getCompactData();
    } catch (SSHRuntimeException e) {
      throw new IOException(file + " cannot sign: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
