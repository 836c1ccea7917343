package dev.slipway.event;

import java.time.Instant;

/**
 * The rollout may begin: its numbers are fixed.
 *
 * @param hosts how many hosts there are, N
 * @param minimumHealthy the floor, M
 * @param failureBudget how many may be off or failed, B = N - M
 * @param deadline when the whole rollout has taken too long
 */
public record RolloutStarted(int hosts, int minimumHealthy, int failureBudget, Instant deadline)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutStarted(this);
  }
}
