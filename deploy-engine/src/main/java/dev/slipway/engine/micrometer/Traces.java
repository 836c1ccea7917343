package dev.slipway.engine.micrometer;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.RolloutEnded;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.RolloutSummary;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A rollout as a trace: an observation from when this process begins to drive it until it is over
 * or another process drives it, and below it one for each lifecycle event that a host runs
 * meanwhile.
 */
final class Traces {

  private final ObservationRegistry registry;
  private final Map<DeploymentId, Trace> driven = new ConcurrentHashMap<>();

  Traces(ObservationRegistry registry) {
    this.registry = registry;
  }

  private record Trace(Observation rollout, Map<HostId, Observation> events) {}

  /** A failure that is told, and was not thrown. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message, null, false, false);
    }
  }

  void takenOver(RolloutSummary rollout) {
    driven.computeIfAbsent(rollout.id(), unused -> begin(rollout));
  }

  private Trace begin(RolloutSummary rollout) {
    Observation observation =
        Observation.createNotStarted("slipway.rollout", registry)
            .contextualName("rollout " + rollout.application() + "/" + rollout.deploymentGroup())
            .lowCardinalityKeyValue(
                "slipway.creator", rollout.rollbackOf() == null ? "user" : "codeDeployRollback")
            .highCardinalityKeyValue("slipway.deployment", rollout.id().value())
            .highCardinalityKeyValue("slipway.application", rollout.application())
            .highCardinalityKeyValue("slipway.deployment.group", rollout.deploymentGroup())
            .start();
    return new Trace(observation, new ConcurrentHashMap<>());
  }

  void letGo(DeploymentId id) {
    end(id, "LetGo");
  }

  private void end(DeploymentId id, String status) {
    Trace trace = driven.remove(id);
    if (trace != null) {
      trace.events().values().forEach(event -> end(event, status));
      end(trace.rollout(), status);
    }
  }

  private static void end(Observation observation, String status) {
    observation.lowCardinalityKeyValue("slipway.status", status).stop();
  }

  /** Returns what lets observations follow the events of a rollout. */
  EventVisitor of(RolloutSummary rollout) {
    return new Following(rollout.id());
  }

  private final class Following implements EventVisitor {

    private final DeploymentId id;

    Following(DeploymentId id) {
      this.id = id;
    }

    @Override
    public void hostEventOffered(HostEventOffered event) {
      Trace trace = driven.get(id);
      if (trace != null) {
        trace
            .events()
            .put(
                event.host(),
                Observation.createNotStarted("slipway.host.event", registry)
                    .parentObservation(trace.rollout())
                    .contextualName(event.event().wireName() + " " + event.host())
                    .lowCardinalityKeyValue("slipway.event", event.event().wireName())
                    .highCardinalityKeyValue("slipway.host", event.host().value())
                    .highCardinalityKeyValue("slipway.attempt", Integer.toString(event.attempt()))
                    .start());
      }
    }

    @Override
    public void hostEventFinished(HostEventFinished event) {
      Trace trace = driven.get(id);
      Observation observation = trace == null ? null : trace.events().remove(event.host());
      if (observation != null) {
        if (!event.diagnostics().isSuccess()) {
          observation.error(new Failure(event.diagnostics().message()));
        }
        end(observation, event.status().wireName());
      }
    }

    @Override
    public void rolloutEnded(RolloutEnded event) {
      Trace trace = driven.get(id);
      if (trace != null && event.error() != null) {
        trace.rollout().error(new Failure(event.error().message()));
      }
      end(id, event.status().wireName());
    }
  }
}
