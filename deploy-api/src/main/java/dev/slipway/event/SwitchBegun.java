package dev.slipway.event;

/**
 * Blue/green: traffic is switched from now on.
 *
 * @param reason in words, empty when nobody had to ask for it
 */
public record SwitchBegun(String reason) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.switchBegun(this);
  }
}
