package dev.slipway.engine.domain;

import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.engine.planning.GroupIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deployment group as it is kept.
 *
 * @param applicationId the UUID of its application
 * @param name its name
 * @param rollouts the names under which its rollouts run
 * @param settings all of them
 * @param triggersSince since when each trigger has been as it is, by its name
 * @param selectedAt when it was last said which hosts belong to it; null for groups of earlier
 *     releases
 */
record StoredGroup(
    String applicationId,
    String name,
    RolloutName rollouts,
    GroupSettings settings,
    Map<String, Instant> triggersSince,
    @Nullable Instant selectedAt) {

  StoredGroup {
    triggersSince = Map.copyOf(triggersSince);
  }

  static String key(String applicationId, String name) {
    return prefix(applicationId) + name;
  }

  /** How the keys of an application's groups begin. */
  static String prefix(String applicationId) {
    return applicationId + "/";
  }

  String key() {
    return key(applicationId, name);
  }

  String id() {
    return GroupIds.of(rollouts.application(), rollouts.group());
  }

  StoredGroup named(String newName) {
    return new StoredGroup(applicationId, newName, rollouts, settings, triggersSince, selectedAt);
  }

  /** Returns this group with other settings; triggers that have not changed keep their instant. */
  StoredGroup with(GroupSettings changed, Instant now) {
    Map<String, Instant> since = new HashMap<>();
    List<TriggerConfiguration> before = Objects.requireNonNullElse(settings.triggers(), List.of());
    for (TriggerConfiguration trigger :
        Objects.requireNonNullElse(changed.triggers(), List.<TriggerConfiguration>of())) {
      Instant old = before.contains(trigger) ? triggersSince.get(trigger.name()) : null;
      since.put(trigger.name(), old == null ? now : old);
    }
    return new StoredGroup(applicationId, name, rollouts, changed, since, selectedAt);
  }

  /** Returns this group as one of which somebody has just said which hosts belong to it. */
  StoredGroup selected(Instant now) {
    return new StoredGroup(applicationId, name, rollouts, settings, triggersSince, now);
  }
}
