package dev.slipway.engine.domain;

import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.TagSelection;
import dev.slipway.engine.core.GroupBook;
import java.time.Instant;
import java.util.Optional;

/**
 * Which hosts belong to a group now: after a blue/green deployment those to which it has switched
 * traffic, until somebody says otherwise.
 *
 * @param records where deployments are kept
 * @param targets the books of groups
 */
record SwitchedHosts(Records records, TargetRevisions targets) {

  /** Returns the settings of a group with the hosts that belong to it now. */
  GroupSettings settings(StoredGroup group) {
    return switched(group)
        .map(hosts -> GroupSettings.builder().hosts(hosts).onPremises(hosts).build())
        .map(hosts -> GroupRules.merged(group.settings(), hosts))
        .orElse(group.settings());
  }

  private Optional<TagSelection> switched(StoredGroup group) {
    GroupBook.Switch last = targets.book(group.rollouts()).lastSwitch();
    Instant selectedAt = group.selectedAt();
    if (last == null || (selectedAt != null && !last.since().isAfter(selectedAt))) {
      return Optional.empty();
    }
    return records
        .find(Kind.DEPLOYMENT, last.deployment().value())
        .map(StoredDeployment::targetInstances);
  }
}
