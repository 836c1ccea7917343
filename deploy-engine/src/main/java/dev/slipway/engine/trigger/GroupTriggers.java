package dev.slipway.engine.trigger;

import dev.slipway.domain.TriggerConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The triggers of a deployment group.
 *
 * @param application name of its application
 * @param deploymentGroup its name
 * @param triggers its triggers
 */
public record GroupTriggers(String application, String deploymentGroup, List<Since> triggers) {

  /** Copies the list in. */
  public GroupTriggers {
    triggers = List.copyOf(triggers);
  }

  /**
   * A trigger, which knows nothing of what was before it.
   *
   * @param trigger the trigger
   * @param since since when it has been as it is
   */
  public record Since(TriggerConfiguration trigger, Instant since) {}

  Optional<Since> named(String name) {
    return triggers.stream().filter(since -> since.trigger().name().equals(name)).findFirst();
  }
}
