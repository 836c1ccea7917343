package dev.slipway.domain;

import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * What one host runs, and what it should.
 *
 * @param host which
 * @param standing in one word
 * @param installed the revision that was last deployed to it with success, or null
 * @param healthy whether its last deployment worked
 */
public record HostDrift(
    HostId host, Standing standing, @Nullable RevisionId installed, boolean healthy) {

  /** How what a host runs stands to what it should run. */
  public enum Standing {
    /** It runs the target revision. */
    CURRENT,
    /** It runs another revision. */
    OUTDATED,
    /** Nothing was deployed to it with success, or a failure since has left it unknown. */
    UNKNOWN,
    /** It is remembered, but does not belong to the group any more. */
    LEFT
  }
}
