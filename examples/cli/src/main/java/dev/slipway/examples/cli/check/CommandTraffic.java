package dev.slipway.examples.cli.check;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that is told {@code remove} or {@code add}, finds the addresses of hosts on its
 * standard input, one to a line, and ends with 0; told {@code states}, it prints a line for each
 * host: address, blank, IN_SERVICE, COMING, DRAINING or OUT_OF_SERVICE. Ending with 75 it is away
 * and asked again; any other code of {@code remove} and {@code add} refuses.
 *
 * @param line of the shell
 */
record CommandTraffic(String line) implements TrafficControl {

  private static final int TRY_AGAIN = 75;

  /** So few that what the program says of them is not cut off. */
  private static final int TOGETHER = 40;

  /** Refuses a line that names no program: what it is told would be run as one. */
  CommandTraffic {
    if (line.isBlank()) {
      throw new RequestException("traffic needs a program: name one, such as ./balancer.sh");
    }
  }

  @Override
  public void remove(List<Host> hosts, TrafficOrder order) {
    move("remove", hosts, environment(order));
  }

  @Override
  public void add(List<Host> hosts, TrafficOrder order) {
    move("add", hosts, environment(order));
  }

  @Override
  public Map<HostId, TrafficState> states(List<Host> hosts) {
    Map<HostId, TrafficState> states = new HashMap<>();
    for (List<Host> some : together(hosts)) {
      Programs.Ended ended = run("states", some, Map.of());
      if (ended.code() != 0) {
        throw new IllegalStateException(failure("states", ended));
      }
      for (String text : ended.output().lines().toList()) {
        some.forEach(host -> state(text, host).ifPresent(state -> states.put(host.id(), state)));
      }
    }
    return states;
  }

  private static Optional<TrafficState> state(String text, Host host) {
    return Stream.of(TrafficState.values())
        .filter(state -> text.strip().equals(host.address() + " " + state.name()))
        .findFirst();
  }

  private void move(String verb, List<Host> hosts, Map<String, String> environment) {
    for (List<Host> some : together(hosts)) {
      Programs.Ended ended = run(verb, some, environment);
      if (ended.code() == TRY_AGAIN) {
        throw new IllegalStateException(failure(verb, ended));
      }
      if (ended.code() != 0) {
        throw new RequestException(failure(verb, ended));
      }
    }
  }

  private static Map<String, String> environment(TrafficOrder order) {
    return Map.of(
        "TRAFFIC_KEY", order.key(),
        "TRAFFIC_GROUP", order.deploymentGroupId(),
        "TRAFFIC_GENERATION", String.valueOf(order.generation()),
        "TRAFFIC_EPOCH", String.valueOf(order.epoch()));
  }

  private static List<List<Host>> together(List<Host> hosts) {
    List<List<Host>> parts = new ArrayList<>();
    for (int from = 0; from < hosts.size(); from += TOGETHER) {
      parts.add(hosts.subList(from, Math.min(hosts.size(), from + TOGETHER)));
    }
    return parts;
  }

  private String failure(String verb, Programs.Ended ended) {
    return "%s %s ended with %d: %s".formatted(line, verb, ended.code(), ended.output());
  }

  private Programs.Ended run(String verb, List<Host> hosts, Map<String, String> environment) {
    List<String> addresses = hosts.stream().map(Host::address).toList();
    try {
      return Programs.run(line, List.of(verb), addresses, environment);
    } catch (IOException e) {
      throw new IllegalStateException(line + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(line + " " + verb + " took too long", e);
    }
  }
}
