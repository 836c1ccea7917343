package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one host of a deployment group between deployments.
 *
 * @param host which
 * @param installed the revision that was last deployed to it with success, or null when none was
 * @param doubtful whether a failure since has left it unknown what the host runs
 * @param healthy whether its last deployment worked
 */
public record HostBook(
    HostId host, @Nullable RevisionId installed, boolean doubtful, boolean healthy) {

  /** A host of which nothing is known. */
  static HostBook unknown(HostId host) {
    return new HostBook(host, null, false, false);
  }

  /** Whether the host runs what its group shall run. */
  boolean isCurrent(@Nullable RevisionId target) {
    return installed != null && installed.equals(target) && !doubtful;
  }

  /**
   * How early the host is scheduled: 0 when it is unhealthy, 1 when its revision is unknown, 2 when
   * it is old, 3 when it is current.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html">CodeDeploy
   *     user guide, instance health</a>
   */
  int rank(@Nullable RevisionId target) {
    if (!healthy) {
      return 0;
    }
    if (installed == null || doubtful) {
      return 1;
    }
    return isCurrent(target) ? 3 : 2;
  }

  /** After a deployment that succeeded as a whole. */
  HostBook afterSuccess(HostStatus status, RevisionId revision, @Nullable RevisionId targetBefore) {
    return status == HostStatus.SUCCEEDED
        ? new HostBook(host, revision, false, true)
        : new HostBook(host, installed, doubtful || isCurrent(targetBefore), false);
  }

  /** After a deployment that failed or was stopped. */
  HostBook afterFailure(HostStatus status, RevisionId revision) {
    return switch (status) {
      case SUCCEEDED -> new HostBook(host, revision, false, true);
      case FAILED, UNREACHABLE, IN_PROGRESS, READY -> new HostBook(host, installed, true, false);
      case PENDING, SKIPPED -> this;
    };
  }
}
