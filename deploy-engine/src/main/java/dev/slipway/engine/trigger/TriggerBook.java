package dev.slipway.engine.trigger;

import java.util.Optional;

/** Knows the triggers of deployment groups as they are now. Thread-safe. */
@FunctionalInterface
public interface TriggerBook {

  /**
   * Returns the triggers of the group whose rollouts run under these names, if there is such a
   * group.
   */
  Optional<GroupTriggers> of(String application, String deploymentGroup);
}
