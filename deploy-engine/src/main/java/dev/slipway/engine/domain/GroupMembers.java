package dev.slipway.engine.domain;

import dev.slipway.domain.OnPremisesInstance;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.spi.inventory.Inventory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the hosts of deployment groups.
 *
 * @param records where groups and on-premises instances are kept
 * @param inventory the hosts that are known
 * @param switched what blue/green deployments have changed
 */
record GroupMembers(Records records, Inventory inventory, SwitchedHosts switched) {

  /** Every host with a tag; the others can only be told by name. */
  private static final HostSelector WITH_ANY_TAG = HostSelector.anyOf(TagFilter.valueOnly("*"));

  /** Returns the hosts of a group, each once: those of the inventory, then those registered. */
  List<Host> of(StoredGroup group) {
    FullSettings settings = new FullSettings(switched.settings(group));
    List<Host> hosts =
        settings.hosts().selectsNobody()
            ? List.of()
            : inventory.snapshot(settings.hosts().selector());
    List<Host> onPremises =
        settings.onPremises().selectsNobody()
            ? List.of()
            : registered(settings.onPremises().selector());
    return each(hosts, onPremises);
  }

  /** Returns the hosts that a selector means, each once: those of the inventory come first. */
  List<Host> selected(HostSelector selector) {
    return each(inventory.snapshot(selector), registered(selector));
  }

  private static List<Host> each(List<Host> hosts, List<Host> onPremises) {
    Map<HostId, Host> members = new LinkedHashMap<>();
    hosts.forEach(host -> members.put(host.id(), host));
    onPremises.forEach(host -> members.putIfAbsent(host.id(), host));
    return List.copyOf(members.values());
  }

  private List<Host> registered(HostSelector selector) {
    Map<HostId, Host> known =
        inventory.snapshot(WITH_ANY_TAG).stream()
            .collect(Collectors.toMap(Host::id, Function.identity()));
    return records.all(Kind.INSTANCE, "").stream()
        .filter(OnPremisesInstance::registered)
        .map(instance -> host(instance, known))
        .filter(selector::matches)
        .toList();
  }

  private static Host host(OnPremisesInstance instance, Map<HostId, Host> known) {
    HostId id = new HostId(instance.name());
    Host host = known.getOrDefault(id, Host.named(instance.name()));
    return new Host(id, host.address(), host.zone(), instance.tags(), host.settings());
  }
}
