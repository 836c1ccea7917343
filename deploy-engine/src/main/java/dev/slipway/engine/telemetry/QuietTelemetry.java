package dev.slipway.engine.telemetry;

import dev.slipway.event.RecordedEvent;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.telemetry.CallOutcome;
import dev.slipway.spi.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A telemetry that may throw, and does not get in the way of a rollout by that. Thread-safe. */
public final class QuietTelemetry implements Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger(QuietTelemetry.class);

  private final Telemetry telemetry;
  private final AtomicBoolean isTold = new AtomicBoolean();

  /** Keeps what a telemetry throws from whoever calls it. */
  public QuietTelemetry(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public void takenOver(RolloutSummary rollout) {
    quietly(() -> telemetry.takenOver(rollout));
  }

  @Override
  public void committed(RolloutSummary rollout, List<RecordedEvent> events) {
    quietly(() -> telemetry.committed(rollout, events));
  }

  @Override
  public void letGo(RolloutSummary rollout) {
    quietly(() -> telemetry.letGo(rollout));
  }

  @Override
  public void called(String call, CallOutcome outcome, Duration took) {
    quietly(() -> telemetry.called(call, outcome, took));
  }

  @Override
  public void retried(String call) {
    quietly(() -> telemetry.retried(call));
  }

  private void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError e) {
      if (isTold.compareAndSet(false, true)) {
        LOG.warn("{} throws; what it throws further is not told", telemetry, e);
      }
    }
  }
}
