package dev.slipway.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision of an application.
 *
 * @param application name of the application
 * @param location where it lies
 * @param description as registered; may be empty
 * @param registeredAt when
 * @param firstUsedAt when it was first deployed, or null
 * @param lastUsedAt when it was last deployed, or null
 * @param deploymentGroups the groups whose target revision it is
 */
public record RegisteredRevision(
    String application,
    RevisionLocation location,
    String description,
    Instant registeredAt,
    @Nullable Instant firstUsedAt,
    @Nullable Instant lastUsedAt,
    List<String> deploymentGroups) {

  /** Copies the list in. */
  public RegisteredRevision {
    deploymentGroups = List.copyOf(deploymentGroups);
  }
}
