package dev.slipway.spi.gate;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.revision.RevisionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate is asked about.
 *
 * @param deployment the deployment
 * @param application name of its application
 * @param deploymentGroup name of its deployment group
 * @param revision what it deploys
 * @param host the host that has run its last lifecycle event, or null when the fleet is meant
 * @param updated the hosts that have succeeded so far, in scheduling order; none when one host is
 *     meant
 */
public record GateQuestion(
    DeploymentId deployment,
    String application,
    String deploymentGroup,
    RevisionId revision,
    @Nullable Host host,
    List<Host> updated) {

  /** Copies the list in. */
  public GateQuestion {
    updated = List.copyOf(updated);
  }
}
