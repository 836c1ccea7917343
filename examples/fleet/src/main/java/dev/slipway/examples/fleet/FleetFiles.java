package dev.slipway.examples.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * What a client of a fleet needs, as files.
 *
 * @param identity the private key that the hosts accept, in OpenSSH's format
 * @param knownHosts the hosts' keys, as OpenSSH writes them
 * @param inventory the hosts, as an inventory file of {@code provider-onprem}
 */
public record FleetFiles(Path identity, Path knownHosts, Path inventory) {

  static FleetFiles write(
      Path directory, KeyPair clientKey, List<FleetHost> hosts, List<KeyPair> hostKeys)
      throws IOException {
    FleetFiles files =
        new FleetFiles(
            directory.resolve("id_rsa"),
            directory.resolve("known_hosts"),
            directory.resolve("hosts.yml"));
    writeKey(files.identity, clientKey);
    List<String> known = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      FleetHost host = hosts.get(i);
      known.add(
          "[%s]:%d %s"
              .formatted(
                  host.address(),
                  host.port(),
                  PublicKeyEntry.toString(hostKeys.get(i).getPublic())));
    }
    Files.write(files.knownHosts, known);
    return files;
  }

  private static void writeKey(Path file, KeyPair pair) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "sample fleet", null, out);
    } catch (GeneralSecurityException e) {
      throw new IOException("the client's key cannot be written to " + file, e);
    }
  }
}
