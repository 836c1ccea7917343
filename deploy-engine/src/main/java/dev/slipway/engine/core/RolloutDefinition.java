package dev.slipway.engine.core;

import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.guard.Guards;
import java.util.List;
import java.util.Objects;

/**
 * What a rollout is made of before anything has happened. It never changes.
 *
 * @param deployment the deployment
 * @param creator who asked for it; a rollback is never zonal and never rolled back
 * @param hosts in scheduling order, see {@link HostOrder}; with zones, zone by zone
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
  }

  /**
   * What each host runs.
   *
   * @param events in order, at least one
   * @param ignoreApplicationStopFailures whether a host goes on when a script of the installed
   *     revision fails
   * @param downloadAttempts how often DownloadBundle may be tried, 1 or more; CodeDeploy tries once
   */
  public record Lifecycle(
      List<LifecycleEvent> events, boolean ignoreApplicationStopFailures, int downloadAttempts) {

    /** CodeDeploy's in-place deployment without a load balancer. */
    public static final Lifecycle IN_PLACE = new Lifecycle(LifecycleEvent.IN_PLACE, false, 1);

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
