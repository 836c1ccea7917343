package dev.slipway.engine.core;

import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.revision.RevisionId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a rollout is followed by a rollback, and what that would be; all of it known beforehand, so
 * that the decision depends on nothing else.
 *
 * @param events the outcomes that call for one
 * @param deployment the id that the rollback would get
 * @param revision the last revision that worked in the group, or null when none did yet
 */
public record RollbackPolicy(
    Set<AutoRollbackEvent> events, DeploymentId deployment, @Nullable RevisionId revision) {

  /** Copies the set in, sorted. */
  public RollbackPolicy {
    events = Collections.unmodifiableSet(new TreeSet<>(events));
  }
}
