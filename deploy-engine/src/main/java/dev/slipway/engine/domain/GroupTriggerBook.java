package dev.slipway.engine.domain;

import dev.slipway.engine.trigger.GroupTriggers;
import dev.slipway.engine.trigger.TriggerBook;
import java.time.Instant;
import java.util.Optional;

/**
 * The triggers of groups, for those who know only the names of rollouts.
 *
 * @param records where groups are kept
 */
record GroupTriggerBook(Records records) implements TriggerBook {

  @Override
  public Optional<GroupTriggers> of(String application, String deploymentGroup) {
    return records
        .find(Kind.ROLLOUT_NAME, RolloutName.key(application, deploymentGroup))
        .flatMap(use -> records.find(Kind.GROUP, use.holder()))
        .map(group -> triggers(group, application));
  }

  private GroupTriggers triggers(StoredGroup group, String rolloutApplication) {
    String application =
        records
            .find(Kind.ROLLOUT_NAME, rolloutApplication)
            .map(RolloutName.Use::holder)
            .orElse(rolloutApplication);
    return new GroupTriggers(
        application,
        group.name(),
        new FullSettings(group.settings())
            .triggers().stream()
                .map(
                    trigger ->
                        new GroupTriggers.Since(
                            trigger,
                            group.triggersSince().getOrDefault(trigger.name(), Instant.EPOCH)))
                .toList());
  }
}
