package dev.slipway.rollout;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.guard.WaveStep;
import dev.slipway.preflight.Preflight;
import dev.slipway.revision.Revision;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a rollout together. Setting something twice is refused, so that no line of a caller is
 * silently without effect.
 *
 * <p>Not thread-safe.
 */
public final class RolloutBuilder {

  private final String application;
  private final String deploymentGroup;
  private final Function<RolloutSpec, Plan> planner;
  private final Set<String> given = new HashSet<>();
  private @Nullable Revision revision;
  private @Nullable HostSelector selector;
  private HostOrder order = HostOrder.SPREAD;
  private @Nullable DeploymentConfig config;
  private Batching batching = Batching.WAVE;
  private StrategyReference strategy = StrategyReference.AS_MANY_AS_MAY;
  private RolloutLimits limits = RolloutLimits.NONE;
  private RolloutOptions options = RolloutOptions.DEFAULT;
  private Guards guards = Guards.NONE;
  private @Nullable TrafficReference traffic;
  private @Nullable BlueGreen blueGreen;

  /**
   * Begins a rollout.
   *
   * @param application name of the application
   * @param deploymentGroup name of the deployment group
   * @param planner makes the plan of what was put together
   */
  public RolloutBuilder(
      String application, String deploymentGroup, Function<RolloutSpec, Plan> planner) {
    this.application = Names.checked("application", application);
    this.deploymentGroup = Names.checked("deployment group", deploymentGroup);
    this.planner = planner;
  }

  /** Says what is deployed. Required. */
  public RolloutBuilder revision(Revision what) {
    once("revision");
    revision = what;
    return this;
  }

  /** Says which hosts, beginning with a selector without any condition. Required. */
  public RolloutBuilder to(UnaryOperator<HostSelector> hosts) {
    return to(hosts.apply(HostSelector.none()));
  }

  /** Says which hosts. Required. */
  public RolloutBuilder to(HostSelector hosts) {
    once("to");
    selector = hosts;
    return this;
  }

  /** Says in which order; {@link HostOrder#SPREAD} unless given. */
  public RolloutBuilder order(HostOrder hosts) {
    once("order");
    order = hosts;
    return this;
  }

  /** Sets the floor; CodeDeploy's OneAtATime unless given. */
  public RolloutBuilder config(DeploymentConfig floor) {
    once("config or minimumHealthy");
    config = floor;
    return this;
  }

  /** Sets the floor by a number of one's own. */
  public RolloutBuilder minimumHealthy(MinimumHealthyHosts floor) {
    return config(DeploymentConfig.custom("custom", floor));
  }

  /** Says whether a wave ends before the next begins; {@link Batching#WAVE} unless given. */
  public RolloutBuilder batching(Batching how) {
    once("batching");
    batching = how;
    return this;
  }

  /**
   * Says who starts when, within the floor, which must be given too: a batch size is not a floor.
   */
  public RolloutBuilder strategy(StrategyReference who) {
    once("strategy");
    strategy = who;
    return this;
  }

  /**
   * Sets waves and what is to be so after each of them, within the floor, which must be given too.
   * Sets strategy and checkpoints at once.
   *
   * @param steps each wave, smallest first; {@link dev.slipway.strategy.Strategies#waves} says how
   *     they count
   */
  public RolloutBuilder waves(WaveStep... steps) {
    strategy(
        StrategyReference.waves(Arrays.stream(steps).map(WaveStep::size).toArray(WaveSize[]::new)));
    for (WaveStep step : steps) {
      if (!step.then().asksForNothing()) {
        guards = guards.with(step.then());
      }
    }
    return this;
  }

  /** Adds a place at which the rollout stands until something is so. */
  public RolloutBuilder checkpoint(Checkpoint checkpoint) {
    guards = guards.with(checkpoint);
    return this;
  }

  /** Adds a gate that must pass on each host after its last lifecycle event. */
  public RolloutBuilder hostGate(GateReference gate) {
    guards = guards.withHostGate(gate);
    return this;
  }

  /** Sets the alarms that stop it; none unless given. */
  public RolloutBuilder alarms(AlarmWatch watch) {
    once("alarms");
    guards = guards.with(watch);
    return this;
  }

  /** Sets when hosts may start; always unless given. */
  public RolloutBuilder windows(DeploymentWindows when) {
    once("windows");
    guards = guards.with(when);
    return this;
  }

  /** Sets the sign of life that it needs; none unless given. */
  public RolloutBuilder pulse(Pulse sign) {
    once("pulse");
    guards = guards.with(sign);
    return this;
  }

  /** Sets all it waits for beside its hosts at once, instead of what was set before. */
  public RolloutBuilder guards(Guards all) {
    once("guards");
    guards = all;
    return this;
  }

  /** Sets further bounds; {@link RolloutLimits#NONE} unless given. */
  public RolloutBuilder limits(RolloutLimits bounds) {
    once("limits");
    limits = bounds;
    return this;
  }

  /** Says after which outcomes the last revision that worked comes back; none unless given. */
  public RolloutBuilder autoRollback(AutoRollbackEvent... events) {
    once("autoRollback");
    options = options.withAutoRollback(Set.copyOf(Arrays.asList(events)));
    return this;
  }

  /** Says what becomes of it while its group has a rollout; it is refused unless given. */
  public RolloutBuilder onConflict(OnConflict what) {
    once("onConflict");
    options = options.withOnConflict(what);
    return this;
  }

  /** Says how the last revision that worked comes back; {@link RollbackOptions#DEFAULT} if not. */
  public RolloutBuilder rollback(RollbackOptions how) {
    once("rollback");
    options = options.withRollback(how);
    return this;
  }

  /** Says what becomes of hosts that appear while it runs; they are ignored unless given. */
  public RolloutBuilder lateJoiners(LateJoiners what) {
    once("lateJoiners");
    options = options.withLateJoiners(what);
    return this;
  }

  /**
   * Has all hosts looked at before anything is touched, so that a rollout is refused when one of
   * them is not fit; they are not looked at unless given.
   */
  public RolloutBuilder preflight() {
    return preflight(Preflight.DEFAULT);
  }

  /** Has all hosts looked at, as {@link #preflight()}, with limits of one's own. */
  public RolloutBuilder preflight(Preflight how) {
    once("preflight");
    options = options.withPreflight(how);
    return this;
  }

  /** Sets everything else at once. Exclusive with what is part of it. */
  public RolloutBuilder options(RolloutOptions all) {
    once("options");
    for (String part :
        List.of("autoRollback", "onConflict", "rollback", "preflight", "lateJoiners")) {
      if (given.contains(part)) {
        throw new RequestException(part + " is part of options: give one of them");
      }
    }
    options = all;
    return this;
  }

  /** Sets the behaviour for files in the way; keeps the other options. */
  public RolloutBuilder fileExists(FileExistsBehavior behavior) {
    once("fileExists");
    options = options.withFileExistsBehavior(behavior);
    return this;
  }

  /**
   * Says who takes each host out of traffic before it is deployed to, and puts it back afterwards;
   * nobody unless given.
   */
  public RolloutBuilder traffic(TrafficReference control) {
    once("traffic");
    traffic = control;
    return this;
  }

  /**
   * Says that the hosts are replacements, to which traffic is switched from others; in place unless
   * given.
   */
  public RolloutBuilder blueGreen(BlueGreen how) {
    once("blueGreen");
    blueGreen = how;
    return this;
  }

  /**
   * Returns what was put together.
   *
   * @throws RequestException if something required is missing or two things do not fit
   */
  public RolloutSpec spec() {
    if (!strategy.equals(StrategyReference.AS_MANY_AS_MAY) && config == null) {
      throw new RequestException(
          "a strategy needs a floor beside it: give config(…) or minimumHealthy(…), since the size"
              + " of a wave says nothing about how many hosts must stay healthy");
    }
    return new RolloutSpec(
        application,
        deploymentGroup,
        required("revision", revision),
        new HostChoice(required("to", selector), order),
        new Pace(
            Objects.requireNonNullElse(config, DeploymentConfigs.ONE_AT_A_TIME),
            batching,
            strategy,
            limits),
        options,
        guards,
        new TrafficChoice(traffic, blueGreen));
  }

  /**
   * Reads the inventory, the bundle and the history of the group, and returns what would be done.
   * Changes nothing.
   *
   * @throws dev.slipway.failure.DeployException if something given cannot be used
   */
  public Plan plan() {
    return planner.apply(spec());
  }

  private void once(String what) {
    if (!given.add(what)) {
      throw new RequestException(what + " was given twice");
    }
  }

  private static <T> T required(String what, @Nullable T value) {
    if (value == null) {
      throw new RequestException("a rollout needs " + what + "(…)");
    }
    return value;
  }
}
