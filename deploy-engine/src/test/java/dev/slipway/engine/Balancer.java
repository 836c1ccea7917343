package dev.slipway.engine;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Switches at once, forgets the first orders that it gets, and knows what it shall refuse. */
final class Balancer implements TrafficControl {

  private final Set<HostId> out = new HashSet<>();
  private final Set<HostId> heardOf = new TreeSet<>();
  private final List<String> told = new ArrayList<>();
  private final List<TrafficOrder> orders = new ArrayList<>();
  private int forgets;
  private String refused = "";

  @Override
  public synchronized void remove(List<Host> hosts, TrafficOrder order) {
    switched("out", hosts);
    orders.add(order);
  }

  @Override
  public synchronized void add(List<Host> hosts, TrafficOrder order) {
    switched("in", hosts);
    orders.add(order);
  }

  private void switched(String where, List<Host> hosts) {
    for (Host host : hosts) {
      if (host.id().value().equals(refused)) {
        throw new RequestException("no server " + host.id() + " in backend web");
      }
    }
    hosts.forEach(host -> heardOf.add(host.id()));
    hosts.forEach(host -> told.add(where + " " + host.id()));
    if (forgets > 0) {
      forgets--;
      throw new IllegalStateException("connection reset");
    }
    for (Host host : hosts) {
      boolean unused = where.equals("out") ? out.add(host.id()) : out.remove(host.id());
    }
  }

  @Override
  public synchronized Map<HostId, TrafficState> states(List<Host> hosts) {
    Map<HostId, TrafficState> states = new LinkedHashMap<>();
    for (Host host : hosts) {
      states.put(
          host.id(),
          out.contains(host.id()) ? TrafficState.OUT_OF_SERVICE : TrafficState.IN_SERVICE);
    }
    return states;
  }

  /** Takes hosts out without being told. */
  synchronized void withOut(String... hosts) {
    Arrays.stream(hosts).map(HostId::new).forEach(out::add);
  }

  synchronized void refuse(String host) {
    refused = host;
  }

  synchronized void forget(int orders) {
    forgets = orders;
  }

  /** Returns which of the hosts that it has heard of get traffic, by name. */
  synchronized List<String> inService() {
    return heardOf.stream().filter(host -> !out.contains(host)).map(HostId::value).toList();
  }

  /** Returns the orders that it has carried out. */
  synchronized List<TrafficOrder> orders() {
    return List.copyOf(orders);
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }
}
