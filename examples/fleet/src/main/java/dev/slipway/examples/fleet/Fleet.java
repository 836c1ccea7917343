package dev.slipway.examples.fleet;

import java.io.IOException;
import java.util.List;

/**
 * Hosts with SSH servers on this machine, each with a directory that stands for its disk.
 *
 * <p>Thread-safe.
 */
public interface Fleet extends AutoCloseable {

  /** Returns the hosts, by name. */
  List<FleetHost> hosts();

  /** Returns the files that a client of this fleet needs. */
  FleetFiles files();

  /**
   * Ends all connections, servers and commands that still run. A process that left its command, as
   * a service does, is its owner's to end. The directory stays.
   */
  @Override
  void close() throws IOException;
}
