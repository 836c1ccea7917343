package dev.slipway.spi.store;

import java.time.Instant;

/**
 * Something that the owner of a rollout has to take into account: what a host reported, or what
 * somebody requests.
 *
 * @param key delivering the same key again changes nothing
 * @param at when it came in
 * @param type the kind of item
 * @param json the item, which the engine reads and writes
 */
public record InboxItem(String key, Instant at, String type, String json) {}
