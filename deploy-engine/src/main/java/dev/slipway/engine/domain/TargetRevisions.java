package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.driver.GroupBookKeeper;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.store.GroupBooks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target revisions of groups, as their books know them.
 *
 * @param records where groups and revisions are kept
 * @param books the books
 */
record TargetRevisions(Records records, GroupBooks books) {

  GroupBook book(RolloutName names) {
    return GroupBookKeeper.read(books, names.application(), names.group());
  }

  /** Returns the target revision of each group of an application, by the group's name. */
  Map<String, Set<RevisionId>> byGroup(StoredApplication application) {
    Map<String, Set<RevisionId>> targets = new HashMap<>();
    for (StoredGroup group : records.all(Kind.GROUP, StoredGroup.prefix(application.id()))) {
      RevisionId target = book(group.rollouts()).targetRevision();
      targets.put(group.name(), target == null ? Set.of() : Set.of(target));
    }
    return targets;
  }

  /** Returns whether it is a deployment that says which hosts belong to its group now. */
  boolean isLastSwitch(StoredDeployment kept, DeploymentId deployment) {
    return kept.targetInstances() != null
        && records.all(Kind.GROUP, StoredGroup.prefix(kept.applicationId())).stream()
            .map(group -> book(group.rollouts()).lastSwitch())
            .anyMatch(last -> last != null && last.deployment().equals(deployment));
  }

  /** Returns where a bundle came from when it was last deployed, or else that it is kept. */
  RevisionLocation location(@Nullable String applicationId, RevisionId content) {
    return applicationId == null
        ? RevisionLocation.stored(content)
        : known(applicationId, content).orElseGet(() -> RevisionLocation.stored(content));
  }

  private Optional<RevisionLocation> known(String applicationId, RevisionId content) {
    return records.all(Kind.REVISION, StoredRevision.prefix(applicationId)).stream()
        .filter(revision -> content.equals(revision.content()))
        .max(Comparator.comparing(revision -> Paging.sortable(revision.lastUsedAt())))
        .map(StoredRevision::location);
  }
}
