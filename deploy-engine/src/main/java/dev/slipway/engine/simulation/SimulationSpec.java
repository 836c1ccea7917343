package dev.slipway.engine.simulation;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.guard.Guards;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What to simulate.
 *
 * @param zones hosts in each zone, by zone name; one zone without a name for a fleet without zones
 * @param config the floor, and whether zones matter
 * @param batching when the next hosts may start
 * @param strategyName what errors call the strategy
 * @param strategy which hosts start next
 * @param limits limits beside the floor
 * @param ignoreApplicationStopFailures whether a host goes on when ApplicationStop fails
 * @param guards what it waits for beside its hosts; gates pass, alarms are quiet and everything is
 *     approved within seconds, unless something refuses
 * @param traffic who has the traffic
 * @param refusing names of gates that refuse, and of sources with an active alarm
 * @param failures the event that fails on each bad host, by its position in scheduling order, from
 *     1
 * @param seed where durations come from; the same seed gives the same run
 */
public record SimulationSpec(
    NavigableMap<String, Integer> zones,
    DeploymentConfig config,
    Batching batching,
    String strategyName,
    Strategy strategy,
    RolloutLimits limits,
    boolean ignoreApplicationStopFailures,
    Guards guards,
    TrafficModel traffic,
    Set<String> refusing,
    NavigableMap<Integer, LifecycleEvent> failures,
    long seed) {

  /** The event that fails on a bad host when none is named. */
  public static final LifecycleEvent DEFAULT_FAILURE = LifecycleEvent.APPLICATION_START;

  /**
   * Copies the maps in.
   *
   * @throws RequestException when a zone has fewer than no hosts, a position is not in the fleet,
   *     or an event does not occur
   */
  public SimulationSpec {
    refusing = Set.copyOf(refusing);
    zones = Collections.unmodifiableNavigableMap(new TreeMap<>(zones));
    failures = Collections.unmodifiableNavigableMap(new TreeMap<>(failures));
    zones.forEach(SimulationSpec::checkZone);
    int hosts = zones.values().stream().mapToInt(Integer::intValue).sum();
    List<LifecycleEvent> events = traffic.events();
    failures.forEach((position, event) -> checkFailure(position, event, hosts, events));
  }

  /** A fleet without zones in which nothing fails, as many hosts at once as the floor allows. */
  public static SimulationSpec of(int hosts, DeploymentConfig config) {
    return ofZones(Map.of("", hosts), config);
  }

  /** As {@link #of}, with so many hosts in each zone. */
  public static SimulationSpec ofZones(Map<String, Integer> zones, DeploymentConfig config) {
    return new SimulationSpec(
        new TreeMap<>(zones),
        config,
        Batching.WAVE,
        "asManyAsMay",
        Strategies.asManyAsMay(),
        RolloutLimits.NONE,
        false,
        Guards.NONE,
        TrafficModel.NONE,
        Set.of(),
        new TreeMap<>(),
        0);
  }

  /** How many hosts there are. */
  public int hosts() {
    return zones.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** This with another batching. */
  public SimulationSpec with(Batching other) {
    return new SimulationSpec(
        zones,
        config,
        other,
        strategyName,
        strategy,
        limits,
        ignoreApplicationStopFailures,
        guards,
        traffic,
        refusing,
        failures,
        seed);
  }

  /** This with another strategy. */
  public SimulationSpec with(String name, Strategy other) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        name,
        other,
        limits,
        ignoreApplicationStopFailures,
        guards,
        traffic,
        refusing,
        failures,
        seed);
  }

  /** This with other limits. */
  public SimulationSpec with(RolloutLimits other) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        other,
        ignoreApplicationStopFailures,
        guards,
        traffic,
        refusing,
        failures,
        seed);
  }

  /** This with somebody who looks after traffic. */
  public SimulationSpec with(TrafficModel other) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        limits,
        ignoreApplicationStopFailures,
        guards,
        other,
        refusing,
        failures,
        seed);
  }

  /** This with something to wait for beside the hosts. */
  public SimulationSpec with(Guards others) {
    return guarded(others, refusing);
  }

  /** This with gates that refuse, and sources with an active alarm. */
  public SimulationSpec refusing(Set<String> names) {
    return guarded(guards, names);
  }

  private SimulationSpec guarded(Guards others, Set<String> names) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        limits,
        ignoreApplicationStopFailures,
        others,
        traffic,
        names,
        failures,
        seed);
  }

  /** This with hosts that go on, or do not, when ApplicationStop fails. */
  public SimulationSpec ignoringApplicationStopFailures(boolean ignore) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        limits,
        ignore,
        guards,
        traffic,
        refusing,
        failures,
        seed);
  }

  /** This with hosts that fail, each at the event that is named. */
  public SimulationSpec failing(Map<Integer, LifecycleEvent> events) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        limits,
        ignoreApplicationStopFailures,
        guards,
        traffic,
        refusing,
        new TreeMap<>(events),
        seed);
  }

  /** This with hosts that fail at {@link #DEFAULT_FAILURE}. */
  public SimulationSpec failing(Collection<Integer> positions) {
    NavigableMap<Integer, LifecycleEvent> events = new TreeMap<>();
    positions.forEach(position -> events.put(position, DEFAULT_FAILURE));
    return failing(events);
  }

  /** This with another seed. */
  public SimulationSpec seeded(long other) {
    return new SimulationSpec(
        zones,
        config,
        batching,
        strategyName,
        strategy,
        limits,
        ignoreApplicationStopFailures,
        guards,
        traffic,
        refusing,
        failures,
        other);
  }

  private static void checkZone(String zone, int hosts) {
    if (hosts < 0) {
      throw new RequestException(
          "a simulated fleet has 0 or more hosts"
              + (zone.isEmpty() ? "" : " in zone '" + zone + "'")
              + ", but was "
              + hosts);
    }
  }

  private static void checkFailure(
      int position, LifecycleEvent event, int hosts, List<LifecycleEvent> events) {
    if (position < 1 || position > hosts) {
      throw new RequestException(
          "a host that fails is named by its position, 1 to " + hosts + ", but was " + position);
    }
    if (!events.contains(event)) {
      throw new RequestException(
          "host "
              + position
              + " cannot fail at "
              + event.wireName()
              + ": it does not occur; there are "
              + events.stream().map(LifecycleEvent::wireName).collect(Collectors.joining(", ")));
    }
  }
}
