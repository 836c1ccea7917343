package dev.slipway.spi.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.TriggerEventType;
import java.util.Map;

/**
 * One event for one trigger.
 *
 * @param key the same whenever the message is repeated, and never that of another
 * @param trigger the trigger's name
 * @param target where to
 * @param type what happened
 * @param deployment to which deployment
 * @param payloads what is said of it, a JSON object in each form
 */
public record TriggerMessage(
    String key,
    String trigger,
    String target,
    TriggerEventType type,
    DeploymentId deployment,
    Map<PayloadForm, String> payloads) {

  /** Copies the map in, and refuses one without all forms. */
  public TriggerMessage {
    payloads = Map.copyOf(payloads);
    if (payloads.size() != PayloadForm.values().length) {
      throw new IllegalArgumentException("a message needs its payload in every form");
    }
  }
}
