package dev.slipway.engine.micrometer;

import dev.slipway.event.RecordedEvent;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.telemetry.CallOutcome;
import dev.slipway.spi.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;

/**
 * Tells Micrometer what the engine does: meters of rollouts, hosts, lifecycle events, waves and
 * calls, and an observation for each rollout with one below it for each lifecycle event of a host.
 * The names are in {@code docs/metrics.md}.
 *
 * <p>Needs {@code io.micrometer:micrometer-core} on the class path, which the engine does not
 * bring. Thread-safe.
 */
public final class MicrometerTelemetry implements Telemetry {

  private final Meters meters;
  private final Traces traces;

  private MicrometerTelemetry(ObservationRegistry observations, MeterRegistry meters) {
    this.meters = new Meters(meters);
    this.traces = new Traces(observations);
  }

  /**
   * Returns a telemetry for {@code Slipway.builder().telemetry(…)}.
   *
   * @param observations makes traces; {@link ObservationRegistry#NOOP} for none
   * @param meters keeps meters
   */
  public static MicrometerTelemetry of(ObservationRegistry observations, MeterRegistry meters) {
    return new MicrometerTelemetry(observations, meters);
  }

  @Override
  public void takenOver(RolloutSummary rollout) {
    meters.takenOver(rollout.id());
    traces.takenOver(rollout);
  }

  @Override
  public void committed(RolloutSummary rollout, List<RecordedEvent> events) {
    for (RecordedEvent event : events) {
      event.event().accept(meters.of(rollout.id(), event.at()));
      event.event().accept(traces.of(rollout));
    }
  }

  @Override
  public void letGo(RolloutSummary rollout) {
    meters.letGo(rollout.id());
    traces.letGo(rollout.id());
  }

  @Override
  public void called(String call, CallOutcome outcome, Duration took) {
    meters.called(call, outcome, took);
  }

  @Override
  public void retried(String call) {
    meters.retried(call);
  }
}
