package dev.slipway.event;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate, or the source of alarms, has answered.
 *
 * @param check what was asked
 * @param name the label of the gate, or the name of the source
 * @param host which host is meant, or null for the fleet
 * @param verdict what it says
 * @param message in words, may be empty
 * @param askAgainAt when it is asked again, or null when it is not
 */
public record CheckAnswered(
    CheckKind check,
    String name,
    @Nullable HostId host,
    CheckVerdict verdict,
    String message,
    @Nullable Instant askAgainAt)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.checkAnswered(this);
  }
}
