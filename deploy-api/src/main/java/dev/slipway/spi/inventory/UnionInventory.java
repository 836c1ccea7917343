package dev.slipway.spi.inventory;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

record UnionInventory(Inventory first, Inventory second) implements Inventory {

  @Override
  public List<Host> snapshot(HostSelector selector) {
    Map<HostId, Host> hosts = new LinkedHashMap<>();
    first.snapshot(selector).forEach(host -> hosts.put(host.id(), host));
    second.snapshot(selector).forEach(host -> hosts.putIfAbsent(host.id(), host));
    return List.copyOf(hosts.values());
  }
}
