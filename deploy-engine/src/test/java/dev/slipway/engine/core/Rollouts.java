package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A rollout in a test: what it is made of, and inputs to it, each at the present instant. */
final class Rollouts {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final DeploymentId ID = new DeploymentId("d-AAAAAAAAA");
  static final DeploymentId ROLLBACK_ID = new DeploymentId("d-BBBBBBBBB");
  static final RevisionId OLD = new RevisionId("0".repeat(64));
  static final RevisionId NEW = new RevisionId("1".repeat(64));
  static final Diagnostics FAILED =
      new Diagnostics(LifecycleErrorCode.SCRIPT_FAILED, "scripts/start.sh", "exit code 1", "");
  static final RollbackPolicy NO_ROLLBACK = new RollbackPolicy(Set.of(), ROLLBACK_ID, OLD);

  private final List<Decision> decisions = new ArrayList<>();
  private RolloutCore core = new RolloutCore("asManyAsMay", Strategies.asManyAsMay());
  private RolloutState state;
  private Instant now = START;

  private Rollouts(RolloutDefinition definition) {
    this.state = RolloutState.created(definition);
  }

  static Rollouts of(RolloutDefinition definition) {
    return new Rollouts(definition);
  }

  /** A rollout of hosts a, b, c, ... of which so many may be off, begun. */
  static Rollouts begun(int hosts, int budget) {
    return of(definition(hosts, budget)).begin();
  }

  static RolloutDefinition definition(int hosts, int budget) {
    return definition(
        hosts("", hosts),
        DeploymentConfig.custom("test", MinimumHealthyHosts.hostCount(hosts - budget)));
  }

  static RolloutDefinition definition(List<ScheduledHost> hosts, DeploymentConfig config) {
    return new RolloutDefinition(
        ID,
        Creator.USER,
        hosts,
        RolloutDefinition.Pace.of(config),
        RolloutDefinition.Lifecycle.IN_PLACE,
        NO_ROLLBACK);
  }

  static RolloutDefinition with(RolloutDefinition it, RolloutDefinition.Lifecycle lifecycle) {
    return new RolloutDefinition(
        it.deployment(), it.creator(), it.hosts(), it.pace(), lifecycle, it.rollback());
  }

  static RolloutDefinition with(RolloutDefinition it, RollbackPolicy rollback) {
    return new RolloutDefinition(
        it.deployment(), it.creator(), it.hosts(), it.pace(), it.lifecycle(), rollback);
  }

  static RolloutDefinition with(RolloutDefinition it, Creator creator) {
    return new RolloutDefinition(
        it.deployment(), creator, it.hosts(), it.pace(), it.lifecycle(), it.rollback());
  }

  static RolloutDefinition with(RolloutDefinition it, RolloutLimits limits) {
    RolloutDefinition.Pace pace = it.pace();
    return with(
        it, new RolloutDefinition.Pace(pace.config(), pace.batching(), limits, pace.clocks()));
  }

  static RolloutDefinition with(RolloutDefinition it, Batching batching) {
    RolloutDefinition.Pace pace = it.pace();
    return with(
        it, new RolloutDefinition.Pace(pace.config(), batching, pace.limits(), pace.clocks()));
  }

  /** Clocks with so much time for an event. */
  static Clocks eventsTaking(Duration time) {
    Clocks usual = Clocks.DEFAULT;
    return new Clocks(usual.acknowledgement(), time, usual.rollout(), usual.forcedEnd());
  }

  static RolloutDefinition with(RolloutDefinition it, Clocks clocks) {
    RolloutDefinition.Pace pace = it.pace();
    return with(
        it, new RolloutDefinition.Pace(pace.config(), pace.batching(), pace.limits(), clocks));
  }

  private static RolloutDefinition with(RolloutDefinition it, RolloutDefinition.Pace pace) {
    return new RolloutDefinition(
        it.deployment(), it.creator(), it.hosts(), pace, it.lifecycle(), it.rollback());
  }

  /** Hosts of two zones, of which so many each, one after the other with a pause. */
  static RolloutDefinition zonal(int eachZone, Duration monitor) {
    List<ScheduledHost> hosts = new ArrayList<>(hosts("zone-a", eachZone));
    for (int i = 0; i < eachZone; i++) {
      hosts.add(new ScheduledHost(host((char) ('a' + eachZone + i)), "zone-b", 0));
    }
    return definition(
        hosts,
        new DeploymentConfig(
            "test", MinimumHealthyHosts.percent(0), ZonalConfig.of(null, monitor, null)));
  }

  static List<ScheduledHost> hosts(String zone, int count) {
    List<ScheduledHost> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(new ScheduledHost(host((char) ('a' + i)), zone, 0));
    }
    return hosts;
  }

  static HostId host(char name) {
    return new HostId(String.valueOf(name));
  }

  Rollouts using(Strategy strategy) {
    core = new RolloutCore("mine", strategy);
    return this;
  }

  /** From now on its strategy is not known. */
  Rollouts without(String strategy, int version) {
    core = RolloutCore.withoutStrategy(strategy, version);
    return this;
  }

  /** From now on its traffic control is not known. */
  Rollouts withoutTraffic(TrafficReference control) {
    core = RolloutCore.withoutTraffic(control);
    return this;
  }

  Rollouts begin() {
    return take(new Input.Begin(now));
  }

  Rollouts after(Duration duration) {
    now = now.plus(duration);
    return take(new Input.Tick(now));
  }

  /** Somebody else goes on with it who has not seen what was between. */
  Rollouts takenOverAfter(Duration duration) {
    now = now.plus(duration);
    return take(new Input.TakenOver(now), new Input.Tick(now));
  }

  Rollouts take(Input... inputs) {
    Decision decision = core.decide(state, List.of(inputs));
    decisions.add(decision);
    state = decision.state();
    return this;
  }

  Rollouts acknowledges(char host) {
    RunningEvent running = running(host);
    return take(new Input.Acknowledged(now, host(host), running.event(), running.attempt()));
  }

  /** A host ends the event that it has been offered. */
  Rollouts ends(char host, Diagnostics diagnostics) {
    RunningEvent running = running(host);
    return take(
        new Input.Finished(now, host(host), running.event(), running.attempt(), diagnostics));
  }

  /** A host gets through all events before one. */
  Rollouts reaches(char host, LifecycleEvent event) {
    while (running(host).event() != event) {
      ends(host, Diagnostics.SUCCEEDED);
    }
    return this;
  }

  Rollouts succeeds(String hosts) {
    hosts
        .chars()
        .mapToObj(host -> (char) host)
        .forEach(
            host ->
                reaches(host, LifecycleEvent.VALIDATE_SERVICE).ends(host, Diagnostics.SUCCEEDED));
    return this;
  }

  Rollouts fails(String hosts) {
    hosts
        .chars()
        .mapToObj(host -> (char) host)
        .forEach(host -> reaches(host, LifecycleEvent.APPLICATION_START).ends(host, FAILED));
    return this;
  }

  RolloutState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  Decision last() {
    return decisions.get(decisions.size() - 1);
  }

  List<Decision> decisions() {
    return decisions;
  }

  HostState at(char host) {
    return state.host(state.positionOf(host(host)).orElseThrow());
  }

  RunningEvent running(char host) {
    RunningEvent running = at(host).running();
    if (running == null) {
      throw new AssertionError("host " + host + " runs nothing");
    }
    return running;
  }

  /** The hosts that have started, wave by wave, such as {@code ab c}. */
  String waves() {
    List<String> waves = new ArrayList<>();
    state
        .course()
        .waves()
        .forEach(
            wave -> {
              StringBuilder text = new StringBuilder();
              wave.hosts().forEach(text::append);
              waves.add(text.toString());
            });
    return String.join(" ", waves);
  }
}
