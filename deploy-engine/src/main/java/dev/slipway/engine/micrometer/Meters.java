package dev.slipway.engine.micrometer;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.telemetry.CallOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted and timed. Tags come from small, fixed sets: no host and no rollout has one. */
final class Meters {

  private final MeterRegistry registry;

  /** When each running event was offered, by the rollouts that are driven here. */
  private final Map<DeploymentId, Map<HostId, Instant>> driven = new ConcurrentHashMap<>();

  Meters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("slipway.rollouts.driven", driven, Map::size);
  }

  void takenOver(DeploymentId id) {
    driven.computeIfAbsent(id, unused -> new ConcurrentHashMap<>());
  }

  void letGo(DeploymentId id) {
    driven.remove(id);
  }

  void called(String call, CallOutcome outcome, Duration took) {
    registry.timer("slipway.calls", "call", call, "outcome", lower(outcome.name())).record(took);
  }

  void retried(String call) {
    registry.counter("slipway.calls.retried", "call", call).increment();
  }

  /** Returns what counts the events of a rollout. */
  EventVisitor of(DeploymentId id, Instant at) {
    return new Counting(id, at);
  }

  private final class Counting implements EventVisitor {

    private final DeploymentId id;
    private final Instant at;

    Counting(DeploymentId id, Instant at) {
      this.id = id;
      this.at = at;
    }

    @Override
    public void waveStarted(WaveStarted event) {
      registry.summary("slipway.waves").record(event.hosts().size());
    }

    @Override
    public void hostEventOffered(HostEventOffered event) {
      running().put(event.host(), at);
    }

    @Override
    public void hostEventFinished(HostEventFinished event) {
      Instant offered = running().remove(event.host());
      if (offered != null) {
        registry
            .timer(
                "slipway.host.events",
                "event",
                event.event().wireName(),
                "status",
                event.status().wireName())
            .record(Duration.between(offered, at));
      }
    }

    @Override
    public void hostFinished(HostFinished event) {
      registry.counter("slipway.hosts", "status", event.status().wireName()).increment();
    }

    @Override
    public void rolloutEnded(RolloutEnded event) {
      String error = event.error() == null ? "none" : event.error().code().name();
      registry
          .counter("slipway.rollouts", Tags.of("status", event.status().wireName(), "error", error))
          .increment();
      letGo(id);
    }

    private Map<HostId, Instant> running() {
      return driven.getOrDefault(id, new ConcurrentHashMap<>());
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
