package dev.slipway.rollout;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.revision.RevisionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would do.
 *
 * @param events after which outcomes it happens by itself; empty: never
 * @param revision what it deploys, or null when no revision has worked yet
 * @param minimumHealthy its floor when all hosts go back
 * @param scope which hosts get it
 * @param waves how many hosts start together, in order, when all of them go back and succeed; empty
 *     when there is no way back, and for a traffic switch
 * @param forbidden why there is no way back, such as a one-way door, or null when there is one
 */
public record RollbackPreview(
    Set<AutoRollbackEvent> events,
    @Nullable RevisionId revision,
    int minimumHealthy,
    RollbackOptions.Scope scope,
    List<Integer> waves,
    @Nullable String forbidden) {

  /** Copies the set and the list in. */
  public RollbackPreview {
    events = Set.copyOf(events);
    waves = List.copyOf(waves);
  }
}
