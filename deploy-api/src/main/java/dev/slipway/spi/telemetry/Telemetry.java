package dev.slipway.spi.telemetry;

import dev.slipway.event.RecordedEvent;
import dev.slipway.rollout.RolloutSummary;
import java.time.Duration;
import java.util.List;

/**
 * Hears what the engine does in this process, for metrics and traces. It never decides anything:
 * what it throws is logged once and forgotten.
 *
 * <p>Thread-safe; the calls for one rollout come one after another. No method may block.
 */
public interface Telemetry {

  /** Hears nothing. */
  Telemetry NONE = new Telemetry() {};

  /** This process drives the rollout from now on; may be repeated. */
  default void takenOver(RolloutSummary rollout) {}

  /** These events of a rollout that this process drives are on record, in order, and once. */
  default void committed(RolloutSummary rollout, List<RecordedEvent> events) {}

  /** Another process drives the rollout now, or nobody does just now. */
  default void letGo(RolloutSummary rollout) {}

  /**
   * A call to something remote is over.
   *
   * @param call what was called, such as {@code inventory.snapshot}; of a small, fixed set
   * @param outcome how it went
   * @param took how long, from the first attempt to the end of the last
   */
  default void called(String call, CallOutcome outcome, Duration took) {}

  /** A call to something remote failed and is tried again. */
  default void retried(String call) {}
}
