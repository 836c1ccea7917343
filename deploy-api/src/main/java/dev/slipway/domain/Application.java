package dev.slipway.domain;

import java.time.Instant;

/**
 * An application: a name that deployment groups and revisions belong to.
 *
 * @param id a UUID that stays when the application is renamed
 * @param name unique; 1 to 100 letters, digits and {@code . _ + = , @ -}
 * @param createdAt when it was created
 */
public record Application(String id, String name, Instant createdAt) {}
