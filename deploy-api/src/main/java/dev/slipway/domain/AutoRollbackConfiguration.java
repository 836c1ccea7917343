package dev.slipway.domain;

import dev.slipway.deployment.AutoRollbackEvent;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * After which outcomes the last revision that worked is deployed again.
 *
 * @param enabled whether it is; if not, the events are only kept
 * @param events the outcomes; at least one when enabled
 */
public record AutoRollbackConfiguration(boolean enabled, Set<AutoRollbackEvent> events) {

  /** Never. */
  public static final AutoRollbackConfiguration NONE =
      new AutoRollbackConfiguration(false, Set.of());

  /** Copies the set in. */
  public AutoRollbackConfiguration {
    events = events.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(events));
  }

  /** Returns the events that count. */
  public Set<AutoRollbackEvent> effective() {
    return enabled ? events : Set.of();
  }
}
