package dev.slipway.event;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate, or the source of alarms, is asked.
 *
 * @param check what is asked
 * @param name the label of the gate, or the name of the source
 * @param host which host is meant, or null for the fleet
 * @param round from 1, one more with each question that the rollout asks
 * @param deadline when it is too late
 */
public record CheckAsked(
    CheckKind check, String name, @Nullable HostId host, int round, Instant deadline)
    implements RolloutEvent {

  @Override
  public void accept(EventVisitor visitor) {
    visitor.checkAsked(this);
  }
}
