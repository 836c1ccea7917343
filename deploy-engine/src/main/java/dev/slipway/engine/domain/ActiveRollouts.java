package dev.slipway.engine.domain;

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

  Optional<RolloutHeader> of(RolloutName names) {
    return all().stream()
        .filter(
            header ->
                header.application().equals(names.application())
                    && header.deploymentGroup().equals(names.group()))
        .findFirst();
  }
}
