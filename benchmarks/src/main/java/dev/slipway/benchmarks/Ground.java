package dev.slipway.benchmarks;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.FleetHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts of a fleet as they are reached by everybody who is measured.
 *
 * @param hosts the hosts, in order
 * @param port where all of them listen
 * @param identity the key that they accept
 * @param knownHosts their keys
 * @param directory where whoever needs files may put them
 */
record Ground(List<FleetHost> hosts, int port, Path identity, Path knownHosts, Path directory) {

  Ground {
    hosts = List.copyOf(hosts);
  }

  /**
   * Returns the first hosts of a fleet.
   *
   * @param port where they are reached instead of where they listen
   */
  static Ground of(Fleet fleet, int size, int port, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path known = directory.resolve("known_hosts");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(fleet.files().knownHosts())) {
      lines.add(line.replaceFirst("]:\\d+ ", "]:" + port + " "));
    }
    Files.write(known, lines);
    return new Ground(
        fleet.hosts().subList(0, size), port, fleet.files().identity(), known, directory);
  }

  int size() {
    return hosts.size();
  }

  /** Returns options of OpenSSH's clients. */
  String options() {
    return "-F none -i %s -o BatchMode=yes -o UserKnownHostsFile=%s -o Port=%d"
        .formatted(identity, knownHosts, port);
  }

  /**
   * Writes an inventory, and returns it.
   *
   * @param roots what stands for the directory that holds the roots of hosts, so that two who
   *     deploy the same do not meet
   */
  Path inventory(String roots) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("defaults:");
    lines.add("  user: root");
    lines.add("  identityFile: " + identity);
    lines.add("  knownHosts: " + knownHosts);
    lines.add("  deploymentRoot: /opt/deployment-root");
    lines.add("  tags: {role: web}");
    lines.add("hosts:");
    for (FleetHost host : hosts) {
      Path root = Files.createDirectories(directory.resolve(roots).resolve(host.name()));
      lines.add(
          "  - {name: %s, address: %s, port: %d, hostRoot: \"%s\"}"
              .formatted(host.name(), host.address(), port, root));
    }
    return Files.write(directory.resolve(roots + ".yml"), lines);
  }
}
