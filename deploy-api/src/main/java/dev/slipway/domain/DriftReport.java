package dev.slipway.domain;

import dev.slipway.revision.RevisionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hosts of a deployment group run, against what they should.
 *
 * @param application name of the application
 * @param deploymentGroup name of the group
 * @param target the revision of the last deployment that succeeded, or null: nothing drifts then
 * @param targetLocation where that came from, or null when nobody knows
 * @param hosts by name: the members of the group, and those it remembers
 */
public record DriftReport(
    String application,
    String deploymentGroup,
    @Nullable RevisionId target,
    @Nullable RevisionLocation targetLocation,
    List<HostDrift> hosts) {

  /** Copies the list in. */
  public DriftReport {
    hosts = List.copyOf(hosts);
  }

  /** Returns how many hosts stand so. */
  public long count(HostDrift.Standing standing) {
    return hosts.stream().filter(host -> host.standing() == standing).count();
  }

  /** Returns whether there is a target revision that a member does not run. */
  public boolean drifted() {
    return target != null
        && hosts.stream()
            .anyMatch(
                host ->
                    host.standing() == HostDrift.Standing.OUTDATED
                        || host.standing() == HostDrift.Standing.UNKNOWN);
  }
}
