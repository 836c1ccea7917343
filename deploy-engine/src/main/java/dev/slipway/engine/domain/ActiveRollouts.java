package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * The rollouts that are not over.
 *
 * @param store where they are kept
 */
record ActiveRollouts(Store store) {

  List<RolloutHeader> all() {
    return store.unfinished().stream().map(store::header).toList();
  }

  /** Returns the one of a group that was asked for first. */
  Optional<RolloutHeader> of(RolloutName names) {
    return allOf(names).stream().findFirst().map(store::header);
  }

  /** Returns those of a group, oldest first. */
  List<DeploymentId> allOf(RolloutName names) {
    return store.unfinished(names.application(), names.group());
  }
}
