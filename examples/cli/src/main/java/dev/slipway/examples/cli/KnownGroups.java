package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.host.exec.HostRecords;
import dev.slipway.host.exec.HostStatus;
import dev.slipway.provider.onprem.settings.Nearest;
import java.util.List;

/**
 * The deployment groups that a host knows.
 *
 * @param root the deployment root
 * @param ids their ids
 */
record KnownGroups(String root, List<String> ids) {

  /** Asks the host. */
  static KnownGroups of(HostRecords records) {
    HostStatus status = HostStatusCommand.read(records);
    return new KnownGroups(
        status.root(), status.groups().stream().map(HostStatus.Group::id).toList());
  }

  /** Refuses a group that the host does not know. */
  void require(String group) {
    if (!ids.contains(group)) {
      throw new RequestException(
          "there is no deployment group "
              + group
              + " on "
              + root
              + Nearest.to(group, ids).map(near -> " (did you mean " + near + "?)").orElse("")
              + "; \"slipway host status\" lists them.");
    }
  }
}
