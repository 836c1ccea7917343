package dev.slipway.examples.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client of a fleet needs, as files.
 *
 * @param identity the private key that the hosts accept, in OpenSSH's format
 * @param knownHosts the hosts' keys, as OpenSSH writes them
 * @param inventory the hosts, as an inventory file of {@code provider-onprem}: each has the tag
 *     {@code role} with the value {@code web}
 */
public record FleetFiles(Path identity, Path knownHosts, Path inventory) {

  /** Returns where the files of a fleet are. */
  static FleetFiles in(Path directory) {
    return new FleetFiles(
        directory.resolve("id_fleet"),
        directory.resolve("known_hosts"),
        directory.resolve("hosts.yml"));
  }

  /**
   * Writes all but the identity.
   *
   * @param keys the public keys of the hosts, as in {@code known_hosts}
   */
  void write(String user, List<FleetHost> hosts, List<String> keys) throws IOException {
    List<String> known = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    entries.add("defaults:");
    entries.add("  user: " + user);
    entries.add("  identityFile: " + identity.getFileName());
    entries.add("  knownHosts: " + knownHosts.getFileName());
    entries.add("  deploymentRoot: /opt/deployment-root");
    entries.add("  tags: {role: web}");
    entries.add("hosts:");
    for (int i = 0; i < hosts.size(); i++) {
      FleetHost host = hosts.get(i);
      known.add("[%s]:%d %s".formatted(host.address(), host.port(), keys.get(i)));
      entries.add(
          "  - {name: %s, address: %s, port: %d, hostRoot: \"%s\"}"
              .formatted(host.name(), host.address(), host.port(), host.root()));
    }
    Files.write(knownHosts, known);
    Files.write(inventory, entries);
  }
}
