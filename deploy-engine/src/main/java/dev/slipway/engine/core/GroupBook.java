package dev.slipway.engine.core;

import dev.slipway.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/** Placeholder. */
public record GroupBook(@Nullable RevisionId targetRevision) {
  /** x. */
  public static final GroupBook EMPTY = new GroupBook((RevisionId) null);

  /** x. */
  public GroupBook after(RolloutState ended, RevisionId revision) {
    return ended.status() == dev.slipway.deployment.DeploymentStatus.SUCCEEDED
        ? new GroupBook(revision)
        : this;
  }
}
