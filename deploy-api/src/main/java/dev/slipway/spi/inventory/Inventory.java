package dev.slipway.spi.inventory;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import java.util.List;

/**
 * A list of hosts.
 *
 * <p>Thread-safe. May block while it asks elsewhere; the engine never calls it while it decides.
 */
@FunctionalInterface
public interface Inventory {

  /**
   * Returns the hosts that the selector means, each id once, in a stable order.
   *
   * @throws RequestException if the inventory cannot be read
   */
  List<Host> snapshot(HostSelector selector);

  /**
   * Returns an inventory of all hosts of both; a host in both is taken from this one.
   *
   * @param other the inventory to add
   */
  default Inventory and(Inventory other) {
    return new UnionInventory(this, other);
  }
}
