package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyDecision;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A strategy whose answers are not trusted. An answer larger than the free slots is cut; one that
 * cannot be followed, or that could never lead on, is a fault that names the strategy.
 */
final class CheckedStrategy {

  private final String name;
  private final @Nullable Strategy strategy;
  private final String missing;

  CheckedStrategy(String name, Strategy strategy) {
    this(name, strategy, "");
  }

  private CheckedStrategy(String name, @Nullable Strategy strategy, String missing) {
    this.name = name;
    this.strategy = strategy;
    this.missing = missing;
  }

  /** A strategy that is not known here, and holds for ever. */
  static CheckedStrategy missing(String name, int version) {
    return new CheckedStrategy(
        name,
        null,
        "it is not known to the process that drives the rollout; register strategy %s version %d"
                .formatted(name, version)
            + " there, and the rollout goes on");
  }

  /** Stands for a strategy that is not asked because the traffic control is not known here. */
  static CheckedStrategy missing(TrafficReference control) {
    return new CheckedStrategy(
        control.name(),
        null,
        "the process that drives the rollout does not know its traffic control; register "
            + control.inWords()
            + " there, and the rollout goes on");
  }

  /** Stands for a strategy that is not asked because it, or another part, cannot be made now. */
  static CheckedStrategy lacking(String part, String failure) {
    return new CheckedStrategy(
        part,
        null,
        "the process that drives the rollout cannot make %s now (%s)".formatted(part, failure)
            + "; it tries again every minute, and the rollout goes on when it can");
  }

  /** Takes an answer that can be followed. Each method says whether there may be more to do. */
  interface Receiver {

    /** Start these hosts, at least one and no more than there are free slots. */
    boolean start(List<HostId> hosts);

    /** Start nothing now. */
    boolean hold(StrategyDecision.Hold hold);

    /** Start nothing more. */
    boolean finish(String message);

    /** There is no sensible answer. */
    boolean fault(String message);
  }

  /**
   * Asks the strategy, and hands what it says on. Whatever it throws, short of a virtual machine
   * that is at its end, is a fault: the hosts in flight must be completed.
   */
  boolean ask(RolloutState state, Instant at, Receiver receiver) {
    if (strategy == null) {
      return receiver.hold(new StrategyDecision.Hold(missing));
    }
    FleetView view = new FleetSnapshot(state, at);
    StrategyDecision decision;
    try {
      decision = Objects.requireNonNull(strategy.decide(view), "it answered null");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return receiver.fault("strategy '" + name + "' failed: " + e);
    }
    return switch (decision.kind()) {
      case START -> start(((StrategyDecision.Start) decision).hosts(), state, receiver);
      case HOLD -> hold((StrategyDecision.Hold) decision, state, at, receiver);
      case FINISH ->
          receiver.finish(
              "strategy '"
                  + name
                  + "' starts no more hosts: "
                  + ((StrategyDecision.Finish) decision).why());
    };
  }

  private boolean start(List<HostId> hosts, RolloutState state, Receiver receiver) {
    int slots = state.freeSlots();
    ZoneSlice zone = state.zone();
    Set<HostId> chosen = new LinkedHashSet<>();
    for (HostId host : hosts) {
      if (chosen.size() == slots) {
        break;
      }
      OptionalInt position = state.positionOf(host);
      if (position.isEmpty()) {
        return receiver.fault(
            "strategy '"
                + name
                + "' wants to start host "
                + host
                + ", which is not in the rollout");
      }
      int place = position.getAsInt();
      HostStatus status = state.statusOf(place);
      if (status != HostStatus.PENDING) {
        return receiver.fault(
            "strategy '" + name + "' wants to start host " + host + ", which is " + status);
      }
      if (place >= zone.from() && place < zone.to() && !chosen.add(host)) {
        return receiver.fault("strategy '" + name + "' wants to start host " + host + " twice");
      }
    }
    if (!chosen.isEmpty()) {
      return receiver.start(List.copyOf(chosen));
    }
    String why =
        hosts.isEmpty()
            ? "strategy '" + name + "' named no host to start"
            : "strategy '%s' named only hosts outside of zone '%s'".formatted(name, zone.name());
    return hold(new StrategyDecision.Hold(why), state, state.course().at(), receiver);
  }

  private boolean hold(
      StrategyDecision.Hold hold, RolloutState state, Instant at, Receiver receiver) {
    boolean leadsOn =
        state.counts().inFlight() > 0 || (hold.until() != null && hold.until().isAfter(at));
    return leadsOn
        ? receiver.hold(hold)
        : receiver.fault(
            "strategy '%s' holds with no host in flight and nothing to wait for: %s"
                .formatted(name, hold.why()));
  }
}
