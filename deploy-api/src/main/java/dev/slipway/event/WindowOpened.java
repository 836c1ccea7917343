package dev.slipway.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hosts may start, as far as the deployment window is concerned.
 *
 * @param until when it closes, or null when it does not as far as one can see
 */
public record WindowOpened(@Nullable Instant until) implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.windowOpened(this);
  }
}
