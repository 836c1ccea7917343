package dev.slipway.event;

/**
 * A rollback was wanted but cannot be.
 *
 * @param reason why not
 */
public record RollbackSkipped(String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.rollbackSkipped(this);
  }
}
