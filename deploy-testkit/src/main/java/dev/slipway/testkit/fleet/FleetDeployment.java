package dev.slipway.testkit.fleet;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Guards;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deployment to a simulated fleet: what is asked for, how its scripts fare, and what its user
 * does meanwhile. Not thread-safe; a simulation only reads it.
 */
public final class FleetDeployment {

  final DeploymentConfig config;
  String group = "web";
  List<HostId> hosts = List.of();
  Batching batching = Batching.WAVE;
  RolloutLimits limits = RolloutLimits.NONE;
  Guards guards = Guards.NONE;
  Strategy strategy = Strategies.asManyAsMay();
  Set<AutoRollbackEvent> autoRollback = EnumSet.noneOf(AutoRollbackEvent.class);
  List<LifecycleEvent> events = LifecycleEvent.IN_PLACE;
  int downloadAttempts = 1;
  Duration startAfter = Duration.ZERO;
  OnConflict onConflict = OnConflict.REJECT;
  RollbackOptions rollback = RollbackOptions.DEFAULT;
  boolean retried;
  List<HostId> joining = List.of();
  int originals;
  @Nullable Duration readyWait;
  @Nullable Duration terminationWait;
  final Map<HostId, LifecycleEvent> failing = new LinkedHashMap<>();
  final List<Stop> stops = new ArrayList<>();
  final List<Rest> rests = new ArrayList<>();
  final List<Duration> switches = new ArrayList<>();
  final List<Duration> terminations = new ArrayList<>();
  final List<Verdict> verdicts = new ArrayList<>();
  final Map<String, FleetCheck> checks = new LinkedHashMap<>();

  /**
   * A stop that the user asks for.
   *
   * @param after how long after the start
   * @param grace as in {@link dev.slipway.rollout.Rollout#stop(Duration, String)}, or null
   */
  record Stop(Duration after, @Nullable Duration grace) {}

  /**
   * A rest that the user asks for.
   *
   * @param after how long after the start
   * @param time how long it is, until the user asks to go on
   */
  record Rest(Duration after, Duration time) {}

  /**
   * What the user says where it may wait for an approval.
   *
   * @param after how long after the start
   * @param approves whether it may go on
   */
  record Verdict(Duration after, boolean approves) {}

  /** How a gate, or the alarms, answer in a simulation. */
  @FunctionalInterface
  public interface FleetCheck {

    /**
     * Answers, or throws.
     *
     * @param time how long the simulation has been going on
     */
    GateAnswer.Kind answer(Duration time);
  }

  private FleetDeployment(DeploymentConfig config) {
    this.config = config;
  }

  /** Returns a deployment to all hosts with this floor. */
  public static FleetDeployment of(DeploymentConfig config) {
    return new FleetDeployment(config);
  }

  /** Sets the deployment group, {@code web} unless given. One group deploys one at a time. */
  public FleetDeployment group(String name) {
    group = name;
    return this;
  }

  /** Sets the hosts, all of the fleet unless given. */
  public FleetDeployment to(List<HostId> some) {
    hosts = List.copyOf(some);
    return this;
  }

  /** Sets when the next hosts may start, {@link Batching#WAVE} unless given. */
  public FleetDeployment batching(Batching how) {
    batching = how;
    return this;
  }

  /** Sets limits beside the floor. */
  public FleetDeployment limits(RolloutLimits beside) {
    limits = beside;
    return this;
  }

  /**
   * Sets what it waits for beside its hosts. Gates pass and alarms are quiet unless {@link #check}
   * says otherwise.
   */
  public FleetDeployment guards(Guards beside) {
    guards = beside;
    return this;
  }

  /**
   * Sets how a gate answers, or a source of alarms: of that, REFUSED is an active alarm.
   *
   * @param name as in the guards
   */
  public FleetDeployment check(String name, FleetCheck answers) {
    checks.put(name, answers);
    return this;
  }

  /** Lets the user approve some time after its start, and again and again from then on. */
  public FleetDeployment approveAfter(Duration time) {
    verdicts.add(new Verdict(time, true));
    return this;
  }

  /** Lets the user reject it some time after its start, if it waits for an approval just then. */
  public FleetDeployment rejectAfter(Duration time) {
    verdicts.add(new Verdict(time, false));
    return this;
  }

  /** Sets the strategy, as many hosts as may start unless given. */
  public FleetDeployment strategy(Strategy who) {
    strategy = who;
    return this;
  }

  /** Sets which outcomes call for a rollback. Each group has a revision to go back to. */
  public FleetDeployment autoRollback(AutoRollbackEvent... outcomes) {
    autoRollback = EnumSet.noneOf(AutoRollbackEvent.class);
    autoRollback.addAll(List.of(outcomes));
    return this;
  }

  /**
   * Sets what becomes of it while its group has another deployment; one that is refused is asked
   * for again until the group is free.
   */
  public FleetDeployment onConflict(OnConflict what) {
    onConflict = what;
    return this;
  }

  /** Sets how the revision comes back that the group has to go back to. */
  public FleetDeployment rollback(RollbackOptions how) {
    rollback = how;
    return this;
  }

  /** Sets what each host runs, an in-place deployment unless given. */
  public FleetDeployment events(LifecycleEvent... lifecycle) {
    events = List.of(lifecycle);
    return this;
  }

  /**
   * Makes it blue/green: the last of its hosts have the traffic, which is switched from them to the
   * others. What these run first is as in {@link #events}.
   *
   * @param hosts how many have the traffic
   * @param wait how long somebody may take to ask for the switch, or null to switch at once
   */
  public FleetDeployment blueGreen(int hosts, @Nullable Duration wait) {
    originals = hosts;
    readyWait = wait;
    return this;
  }

  /** Lets the user ask for the switch some time after its start, and again from then on. */
  public FleetDeployment switchAfter(Duration time) {
    switches.add(time);
    return this;
  }

  /** Has the hosts that had the traffic ended some time after the switch. */
  public FleetDeployment terminatingAfter(Duration stay) {
    terminationWait = stay;
    return this;
  }

  /** Lets the user ask for their end some time after the start, and again from then on. */
  public FleetDeployment terminateAfter(Duration time) {
    terminations.add(time);
    return this;
  }

  /** Sets how often DownloadBundle may be tried, once unless given. */
  public FleetDeployment downloadAttempts(int attempts) {
    downloadAttempts = attempts;
    return this;
  }

  /** Lets an event of a host fail. */
  public FleetDeployment failing(HostId host, LifecycleEvent event) {
    failing.put(host, event);
    return this;
  }

  /** Sets when the user asks for it, as soon as the simulation begins unless given. */
  public FleetDeployment startAfter(Duration time) {
    startAfter = time;
    return this;
  }

  /** Lets the user stop it some time after its start, if it is not over by then. */
  public FleetDeployment stopAfter(Duration time) {
    stops.add(new Stop(time, null));
    return this;
  }

  /** Lets the user stop it within a bound, some time after its start. */
  public FleetDeployment stopAfter(Duration time, Duration grace) {
    stops.add(new Stop(time, grace));
    return this;
  }

  /** Lets the user pause it some time after its start, and resume it after a rest. */
  public FleetDeployment pauseAfter(Duration time, Duration rest) {
    rests.add(new Rest(time, rest));
    return this;
  }

  /** Lets the user retry it once if it does not succeed and is not rolled back. */
  public FleetDeployment retried() {
    retried = true;
    return this;
  }

  /**
   * Lets hosts appear in the inventory once it has been asked for; they get the revision afterwards
   * if it has succeeded. They are not among the hosts of the deployment itself, see {@link #to}.
   */
  public FleetDeployment joining(HostId... meanwhile) {
    joining = List.of(meanwhile);
    return this;
  }

  /** Whether somebody looks after traffic: it is blue/green, or its events say so. */
  boolean hasTraffic() {
    return originals > 0 || events.stream().anyMatch(LifecycleEvent::isControlSide);
  }

  /** Refuses hosts that there are not. */
  void check(List<HostId> fleet) {
    for (HostId host : hosts) {
      if (!fleet.contains(host)) {
        throw new IllegalArgumentException("to() names %s, the fleet is %s".formatted(host, fleet));
      }
    }
    int all = hosts.isEmpty() ? fleet.size() : hosts.size();
    if (originals < 0 || originals >= all) {
      throw new IllegalArgumentException(
          "blueGreen() takes 1 to %d of %d hosts, but was %d".formatted(all - 1, all, originals));
    }
    for (HostId host : failing.keySet()) {
      if (!fleet.contains(host)) {
        throw new IllegalArgumentException(
            "failing() names %s, the fleet is %s".formatted(host, fleet));
      }
    }
  }

  @Override
  public String toString() {
    return "%s/%s %s %s %s%s%s%s%s%s"
        .formatted(
            group,
            config.minimumHealthyHosts().inWords(),
            batching,
            hosts,
            events,
            originals == 0 ? "" : " from the last " + originals + " within " + readyWait,
            onConflict == OnConflict.REJECT ? "" : " " + onConflict,
            failing.isEmpty() ? "" : " failing " + failing,
            stops.isEmpty() ? "" : " " + stops,
            rests.isEmpty() ? "" : " " + rests);
  }
}
