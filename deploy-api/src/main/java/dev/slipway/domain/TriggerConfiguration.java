package dev.slipway.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who is told of which events.
 *
 * @param name 1 to 100 characters, unique in its group
 * @param target where to, in a form that a trigger sink accepts, such as the URL of a webhook
 * @param events of what; at least one
 */
public record TriggerConfiguration(String name, String target, Set<TriggerEventType> events) {

  /** Copies the set in. */
  public TriggerConfiguration {
    events = events.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(events));
  }
}
