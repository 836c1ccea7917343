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
 * @param forbidden why there is no way back whatever the outcome, or null when there is one
 * @param changedOnly whether only hosts that the rollout has begun with get it
 * @param fullPace whether it goes through the waves of the rollout that it follows
 */
public record RollbackPolicy(
    Set<AutoRollbackEvent> events,
    DeploymentId deployment,
    @Nullable RevisionId revision,
    @Nullable String forbidden,
    boolean changedOnly,
    boolean fullPace) {

  /** Copies the set in, sorted. */
  public RollbackPolicy {
    events = Collections.unmodifiableSet(new TreeSet<>(events));
  }

  /** A policy of rollbacks to all hosts, as fast as the floor allows. */
  public RollbackPolicy(
      Set<AutoRollbackEvent> events, DeploymentId deployment, @Nullable RevisionId revision) {
    this(events, deployment, revision, null, false, false);
  }

  /** Returns this policy with other outcomes that call for a rollback. */
  public RollbackPolicy withEvents(Set<AutoRollbackEvent> others) {
    return new RollbackPolicy(others, deployment, revision, forbidden, changedOnly, fullPace);
  }

  /** Returns this policy with another reason why there is no way back, or null for none. */
  public RollbackPolicy withForbidden(@Nullable String reason) {
    return new RollbackPolicy(events, deployment, revision, reason, changedOnly, fullPace);
  }

  /** Returns this policy with another revision that worked last. */
  public RollbackPolicy withRevision(@Nullable RevisionId last) {
    return new RollbackPolicy(events, deployment, last, forbidden, changedOnly, fullPace);
  }
}
