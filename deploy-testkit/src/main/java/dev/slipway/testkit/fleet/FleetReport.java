package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.RecordedEvent;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a simulated fleet: every rollout there was, those asked for as well as the
 * rollbacks and retries that followed.
 */
public final class FleetReport {

  private final List<Rollout> rollouts;
  private final Duration time;
  private final Tally tally;

  /**
   * How much happened.
   *
   * @param steps steps in which something could go wrong, and messages
   * @param starts lifecycle events that hosts started
   * @param crashes controllers that died
   */
  public record Tally(long steps, int starts, int crashes) {}

  FleetReport(List<Rollout> rollouts, Duration time, Tally tally) {
    this.rollouts = List.copyOf(rollouts);
    this.time = time;
    this.tally = tally;
  }

  /** Returns how each rollout ended, in the order in which they were created. */
  public List<RolloutResult> results() {
    List<RolloutResult> results = new ArrayList<>();
    for (Rollout rollout : rollouts) {
      results.add(rollout.await(Duration.ZERO).orElseThrow());
    }
    return results;
  }

  /** Returns how the first rollout ended. */
  public RolloutResult result() {
    return results().get(0);
  }

  /** Returns what is recorded of a rollout. */
  public List<RecordedEvent> events(DeploymentId id) {
    return rollouts.stream()
        .filter(rollout -> rollout.id().equals(id))
        .findFirst()
        .map(Rollout::recorded)
        .orElseThrow(() -> new IllegalArgumentException("there was no deployment " + id));
  }

  /** Returns how much time passed, on the clock of the simulation. */
  public Duration time() {
    return time;
  }

  /** Returns how much happened. */
  public Tally tally() {
    return tally;
  }
}
