package dev.slipway.examples.fleet;

import java.nio.file.Path;

/**
 * One host of a fleet: an SSH server of its own, and a directory that stands for its disk.
 *
 * @param name its name in the inventory
 * @param address where its SSH server listens
 * @param port where its SSH server listens
 * @param root directory that is the host's root
 */
public record FleetHost(String name, String address, int port, Path root) {

  /** Returns the directory in which commands start. */
  public Path home() {
    return root.resolve("home");
  }
}
