package dev.slipway.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host of a deployment as CodeDeploy shows it.
 *
 * @param deployment of which deployment
 * @param host which host
 * @param status where it stands
 * @param lastUpdatedAt when that changed, or null for a host that has not begun
 * @param events all lifecycle events of the host, in order
 * @param label blue or green, or null in place
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_InstanceTarget.html">
 *     CodeDeploy API reference, InstanceTarget</a>
 */
public record DeploymentTarget(
    DeploymentId deployment,
    HostId host,
    HostStatus status,
    @Nullable Instant lastUpdatedAt,
    List<Run> events,
    @Nullable Label label) {

  /** Copies the list in. */
  public DeploymentTarget {
    events = List.copyOf(events);
  }

  /** Which hosts of a blue/green deployment. */
  public enum Label {
    /** An original host. */
    BLUE("Blue"),
    /** A replacement host. */
    GREEN("Green");

    private final String wireName;

    Label(String wireName) {
      this.wireName = wireName;
    }

    /** Returns CodeDeploy's spelling. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * A lifecycle event of a host.
   *
   * @param event which
   * @param status where it stands
   * @param startedAt when it began, or null if it has not
   * @param endedAt when it ended or was skipped, or null if it has not
   * @param diagnostics what the host says of its end, or null before
   */
  public record Run(
      LifecycleEvent event,
      LifecycleEventStatus status,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Diagnostics diagnostics) {}
}
