package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.guard.Guards;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is made of before anything has happened. It never changes.
 *
 * @param deployment the deployment
 * @param creator who asked for it; a rollback is never zonal and never rolled back
 * @param hosts in scheduling order, see {@link HostOrder}; with zones, zone by zone; those that
 *     only lose traffic come last
 * @param pace how fast it may go
 * @param lifecycle what each host runs
 * @param rollback what follows when it does not succeed
 * @param guards what it waits for beside its hosts
 */
public record RolloutDefinition(
    DeploymentId deployment,
    Creator creator,
    List<ScheduledHost> hosts,
    Pace pace,
    Lifecycle lifecycle,
    RollbackPolicy rollback,
    Guards guards) {

  /** Copies the list in; what an earlier release has kept has no guards. */
  public RolloutDefinition {
    hosts = List.copyOf(hosts);
    guards = Objects.requireNonNullElse(guards, Guards.NONE);
  }

  /** A rollout that waits for nothing but its hosts. */
  public RolloutDefinition(
      DeploymentId deployment,
      Creator creator,
      List<ScheduledHost> hosts,
      Pace pace,
      Lifecycle lifecycle,
      RollbackPolicy rollback) {
    this(deployment, creator, hosts, pace, lifecycle, rollback, Guards.NONE);
  }

  /** Returns this with other guards. */
  public RolloutDefinition with(Guards others) {
    return new RolloutDefinition(deployment, creator, hosts, pace, lifecycle, rollback, others);
  }

  /** How many hosts, the first, are deployed to; the rest only lose traffic. */
  public int deployedTo() {
    return hosts.size() - lifecycle.originals();
  }

  /** Whether traffic is switched from original hosts to others. */
  public boolean isBlueGreen() {
    return lifecycle.blueGreen() != null;
  }

  /** What the host at a position runs. */
  public List<LifecycleEvent> eventsOf(int position) {
    return position < deployedTo() ? lifecycle.events() : LifecycleEvent.OUT_OF_TRAFFIC;
  }

  /** Returns this definition with something else to follow when it does not succeed. */
  public RolloutDefinition withRollback(RollbackPolicy other) {
    return new RolloutDefinition(deployment, creator, hosts, pace, lifecycle, other, guards);
  }

  /** Returns this definition as somebody else would ask for it. */
  public RolloutDefinition withCreator(Creator other) {
    return new RolloutDefinition(deployment, other, hosts, pace, lifecycle, rollback, guards);
  }

  /** Returns this definition with its hosts in another order. */
  public RolloutDefinition withHosts(List<ScheduledHost> ordered) {
    return new RolloutDefinition(deployment, creator, ordered, pace, lifecycle, rollback, guards);
  }

  /**
   * How fast a rollout may go.
   *
   * @param config the floor, and the zones
   * @param batching when the next hosts may start
   * @param limits limits beside the floor
   * @param clocks how long things may take
   */
  public record Pace(
      DeploymentConfig config, Batching batching, RolloutLimits limits, Clocks clocks) {

    /** A pace with nothing beside the config: waves, no limits, CodeDeploy's clocks. */
    public static Pace of(DeploymentConfig config) {
      return new Pace(config, Batching.WAVE, RolloutLimits.NONE, Clocks.DEFAULT);
    }

    /** Returns this pace with another floor. */
    public Pace withConfig(DeploymentConfig other) {
      return new Pace(other, batching, limits, clocks);
    }

    /** This pace for any number of hosts. */
    public Pace withoutMaxHosts() {
      return new Pace(config, batching, limits.withMaxHosts(RolloutLimits.UNLIMITED), clocks);
    }
  }

  /**
   * What each host runs.
   *
   * @param events in order, at least one
   * @param ignoreApplicationStopFailures whether a host goes on when a script of the installed
   *     revision fails
   * @param downloadAttempts how often DownloadBundle may be tried, 1 or more; CodeDeploy tries once
   * @param traffic who carries out BlockTraffic and AllowTraffic, or null when these do not occur
   * @param blueGreen from which hosts traffic is switched, or null in place
   */
  public record Lifecycle(
      List<LifecycleEvent> events,
      boolean ignoreApplicationStopFailures,
      int downloadAttempts,
      @Nullable TrafficReference traffic,
      @Nullable BlueGreen blueGreen) {

    /** CodeDeploy's in-place deployment without a load balancer. */
    public static final Lifecycle IN_PLACE = new Lifecycle(LifecycleEvent.IN_PLACE, false, 1);

    /** A lifecycle during which nobody looks after traffic. */
    public Lifecycle(
        List<LifecycleEvent> events, boolean ignoreApplicationStopFailures, int downloadAttempts) {
      this(events, ignoreApplicationStopFailures, downloadAttempts, null, null);
    }

    /** Returns this lifecycle with traffic taken away before it and given back after it. */
    public Lifecycle around(TrafficReference control) {
      return new Lifecycle(
          LifecycleEvent.IN_PLACE_WITH_TRAFFIC,
          ignoreApplicationStopFailures,
          downloadAttempts,
          control,
          null);
    }

    /**
     * Returns this lifecycle with a switch of traffic after it.
     *
     * @param blueGreen from which hosts
     */
    public Lifecycle switching(TrafficReference control, BlueGreen blueGreen) {
      List<LifecycleEvent> all = new ArrayList<>(events);
      all.addAll(LifecycleEvent.INTO_TRAFFIC);
      return new Lifecycle(
          all, ignoreApplicationStopFailures, downloadAttempts, control, blueGreen);
    }

    /**
     * Returns the way back of a lifecycle that switches: the original hosts get traffic again, and
     * the replacements lose it.
     *
     * @param replacements how many there are
     */
    public Lifecycle switchingBack(int replacements) {
      return new Lifecycle(
          LifecycleEvent.INTO_TRAFFIC,
          ignoreApplicationStopFailures,
          downloadAttempts,
          traffic,
          new BlueGreen(replacements, null, null));
    }

    /** How many hosts, the last of the rollout, only lose traffic. */
    int originals() {
      return blueGreen == null ? 0 : blueGreen.originals();
    }

    /** Whether a host that has come this far waits for the switch before it goes on. */
    boolean isSwitchedBefore(LifecycleEvent event) {
      return blueGreen != null
          && event == LifecycleEvent.BEFORE_ALLOW_TRAFFIC
          && events.get(0) != event;
    }

    /** Copies the list in. */
    public Lifecycle {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("a lifecycle has at least one event");
      }
      if (downloadAttempts < 1) {
        throw new IllegalArgumentException(
            "downloadAttempts must be at least 1, but was " + downloadAttempts);
      }
      if (traffic == null && events.stream().anyMatch(LifecycleEvent::isControlSide)) {
        throw new IllegalArgumentException("BlockTraffic and AllowTraffic need a traffic control");
      }
    }

    /**
     * From which hosts traffic is switched.
     *
     * @param originals how many hosts, the last of the rollout
     * @param readyWait how long somebody may take to ask for the switch, or null to switch at once
     * @param termination how those hosts end after it, or null when they go on
     */
    public record BlueGreen(
        int originals, @Nullable Duration readyWait, @Nullable Termination termination) {

      /**
       * How original hosts end.
       *
       * @param terminator who ends them
       * @param stay how long they stay after the switch
       */
      public record Termination(TerminatorReference terminator, Duration stay) {}
    }

    /** Whether a host goes on although this event failed. */
    boolean forgives(LifecycleEvent event) {
      return ignoreApplicationStopFailures && event.isForgivable();
    }

    /** How often an event may be tried. */
    int attemptsOf(LifecycleEvent event) {
      return event == LifecycleEvent.DOWNLOAD_BUNDLE ? downloadAttempts : 1;
    }
  }
}
