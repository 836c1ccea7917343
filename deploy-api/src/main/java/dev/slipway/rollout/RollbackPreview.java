package dev.slipway.rollout;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.revision.RevisionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would do.
 *
 * @param events after which outcomes it happens by itself; empty: never
 * @param revision what it deploys, or null when no revision has worked yet
 * @param minimumHealthy its floor
 */
public record RollbackPreview(
    Set<AutoRollbackEvent> events, @Nullable RevisionId revision, int minimumHealthy) {

  /** Copies the set in. */
  public RollbackPreview {
    events = Set.copyOf(events);
  }
}
