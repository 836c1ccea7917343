package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostReady;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TrafficMoved;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.RolloutSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What messages say of a rollout, by its events so far. A host is forgotten once its end has been
 * told. Not thread-safe.
 */
final class ToldCourse implements EventVisitor {

  private final RolloutSummary summary;
  private final Map<HostId, ToldHost> running = new HashMap<>();
  private final List<Occurrence> occurrences = new ArrayList<>();
  private Instant at;
  private DeploymentStatus status = DeploymentStatus.CREATED;
  private DeploymentOverview overview = new DeploymentOverview(0, 0, 0, 0, 0);
  private @Nullable ErrorInformation error;
  private @Nullable Instant completedAt;

  ToldCourse(RolloutSummary summary) {
    this.summary = summary;
    this.at = summary.createdAt();
  }

  RolloutSummary summary() {
    return summary;
  }

  DeploymentStatus status() {
    return status;
  }

  DeploymentOverview overview() {
    return overview;
  }

  @Nullable ErrorInformation error() {
    return error;
  }

  @Nullable Instant completedAt() {
    return completedAt;
  }

  ToldHost host(HostId id) {
    return running.computeIfAbsent(id, host -> new ToldHost());
  }

  /** Returns what is told of the creation. */
  List<Occurrence> created() {
    List<Occurrence> told = new ArrayList<>();
    told.add(new Occurrence(TriggerEventType.DEPLOYMENT_START, at, null));
    if (summary.rollbackOf() != null) {
      told.add(new Occurrence(TriggerEventType.DEPLOYMENT_ROLLBACK, at, null));
    }
    return told;
  }

  /** Takes an event in, and returns what is told of it. */
  List<Occurrence> take(RecordedEvent event) {
    occurrences.clear();
    at = event.at();
    event.event().accept(this);
    return List.copyOf(occurrences);
  }

  void forget(HostId host) {
    running.remove(host);
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    status = DeploymentStatus.IN_PROGRESS;
    overview = new DeploymentOverview(event.hosts(), 0, 0, 0, 0);
  }

  @Override
  public void waveStarted(WaveStarted event) {
    int hosts = event.hosts().size();
    overview =
        new DeploymentOverview(
            overview.pending() - hosts,
            overview.inProgress() + hosts,
            overview.succeeded(),
            overview.failed(),
            overview.skipped());
    for (HostId host : event.hosts()) {
      host(host).is(HostStatus.IN_PROGRESS, at);
      occurrences.add(new Occurrence(TriggerEventType.INSTANCE_START, at, host));
    }
  }

  @Override
  public void hostEventOffered(HostEventOffered event) {
    host(event.host()).began(event.event(), at);
  }

  @Override
  public void hostEventFinished(HostEventFinished event) {
    host(event.host()).ended(event.event(), event.status(), at);
  }

  @Override
  public void hostReady(HostReady event) {
    host(event.host()).is(HostStatus.READY, at);
    occurrences.add(new Occurrence(TriggerEventType.INSTANCE_READY, at, event.host()));
  }

  @Override
  public void switchAwaited(SwitchAwaited event) {
    status = DeploymentStatus.READY;
    occurrences.add(new Occurrence(TriggerEventType.DEPLOYMENT_READY, at, null));
  }

  @Override
  public void switchBegun(SwitchBegun event) {
    status = DeploymentStatus.IN_PROGRESS;
  }

  /** Replacement hosts have begun before. */
  @Override
  public void trafficMoved(TrafficMoved event) {
    for (HostId host : event.hosts()) {
      boolean hasBegun = running.containsKey(host);
      host(host).is(HostStatus.IN_PROGRESS, at);
      if (!hasBegun) {
        overview =
            new DeploymentOverview(
                overview.pending(),
                overview.inProgress() + 1,
                overview.succeeded(),
                overview.failed(),
                overview.skipped());
        occurrences.add(new Occurrence(TriggerEventType.INSTANCE_START, at, host));
      }
    }
  }

  @Override
  public void hostFinished(HostFinished event) {
    boolean succeeded = event.status() == HostStatus.SUCCEEDED;
    host(event.host()).is(event.status(), at);
    if (event.status() == HostStatus.SKIPPED) {
      return;
    }
    overview =
        new DeploymentOverview(
            overview.pending(),
            overview.inProgress() - 1,
            overview.succeeded() + (succeeded ? 1 : 0),
            overview.failed() + (succeeded ? 0 : 1),
            overview.skipped());
    occurrences.add(
        new Occurrence(
            succeeded ? TriggerEventType.INSTANCE_SUCCESS : TriggerEventType.INSTANCE_FAILURE,
            at,
            event.host()));
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    status = event.status();
    overview = event.overview();
    error = event.error();
    completedAt = at;
    TriggerEventType type =
        switch (event.status()) {
          case SUCCEEDED -> TriggerEventType.DEPLOYMENT_SUCCESS;
          case STOPPED -> TriggerEventType.DEPLOYMENT_STOP;
          default -> TriggerEventType.DEPLOYMENT_FAILURE;
        };
    occurrences.add(new Occurrence(type, at, null));
  }
}
