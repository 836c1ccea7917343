package dev.slipway.engine.domain;

import dev.slipway.domain.Application;
import java.time.Instant;

/**
 * An application as it is kept.
 *
 * @param id a UUID
 * @param name its name
 * @param createdAt when it was created
 * @param rolloutName the name under which its rollouts run: its first one, or a longer one when
 *     that was used before
 */
record StoredApplication(String id, String name, Instant createdAt, String rolloutName) {

  Application shown() {
    return new Application(id, name, createdAt);
  }

  StoredApplication named(String newName) {
    return new StoredApplication(id, newName, createdAt, rolloutName);
  }
}
