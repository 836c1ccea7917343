package dev.slipway.engine.domain;

import dev.slipway.domain.RevisionLocation;
import dev.slipway.engine.journal.Json;
import dev.slipway.revision.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A revision as it is kept.
 *
 * @param applicationId the UUID of its application
 * @param location where it lies
 * @param description as registered
 * @param registeredAt when
 * @param firstUsedAt when it was first deployed, or null
 * @param lastUsedAt when it was last deployed, or null
 * @param content what its bundle was when it was last deployed, or null
 */
record StoredRevision(
    String applicationId,
    RevisionLocation location,
    String description,
    Instant registeredAt,
    @Nullable Instant firstUsedAt,
    @Nullable Instant lastUsedAt,
    @Nullable RevisionId content) {

  /** A bundle's type is part of a location but not of its identity, which an eTag is. */
  static String key(String applicationId, RevisionLocation location) {
    RevisionLocation.S3 s3 = location.s3();
    return prefix(applicationId)
        + location.type()
        + " "
        + (s3 == null
            ? location.inWords()
            : Json.write(
                List.of(
                    s3.bucket(),
                    s3.key(),
                    Objects.requireNonNullElse(s3.version(), ""),
                    Objects.requireNonNullElse(s3.eTag(), ""))));
  }

  /** How the keys of an application's revisions begin. */
  static String prefix(String applicationId) {
    return applicationId + "/";
  }

  String key() {
    return key(applicationId, location);
  }

  StoredRevision described(String text) {
    return new StoredRevision(
        applicationId, location, text, registeredAt, firstUsedAt, lastUsedAt, content);
  }

  StoredRevision used(Instant now, RevisionId bundle) {
    return new StoredRevision(
        applicationId,
        location,
        description,
        registeredAt,
        firstUsedAt == null ? now : firstUsedAt,
        now,
        bundle);
  }
}
