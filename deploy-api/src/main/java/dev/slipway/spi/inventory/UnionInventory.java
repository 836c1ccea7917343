package dev.slipway.spi.inventory;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Two inventories as one, in which a host of the first is that one whatever the second says. */
record UnionInventory(Inventory first, Inventory second) implements Inventory {

  /** Every host that a selector can mean: one without a tag fulfils no condition. */
  private static final HostSelector TAGGED = HostSelector.anyOf(TagFilter.valueOnly("*"));

  @Override
  public List<Host> snapshot(HostSelector selector) {
    Map<HostId, Host> hosts = new LinkedHashMap<>();
    first.snapshot(selector).forEach(host -> hosts.put(host.id(), host));
    List<Host> others =
        second.snapshot(selector).stream().filter(host -> !hosts.containsKey(host.id())).toList();
    if (others.isEmpty()) {
      return List.copyOf(hosts.values());
    }
    // Some of them may be hosts of the first, as which the selector does not mean them.
    Set<HostId> twins = first.snapshot(TAGGED).stream().map(Host::id).collect(Collectors.toSet());
    others.stream()
        .filter(host -> !twins.contains(host.id()))
        .forEach(host -> hosts.put(host.id(), host));
    return List.copyOf(hosts.values());
  }
}
