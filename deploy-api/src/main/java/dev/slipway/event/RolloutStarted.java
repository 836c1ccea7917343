package dev.slipway.event;

/**
 * The rollout may begin: its numbers are fixed.
 *
 * @param hosts how many hosts there are, N
 * @param minimumHealthy the floor, M
 * @param failureBudget how many may be off or failed, B = N - M
 */
public record RolloutStarted(int hosts, int minimumHealthy, int failureBudget)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rolloutStarted(this);
  }
}
