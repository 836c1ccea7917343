package dev.slipway.spi.store;

import java.time.Instant;

/**
 * One event as it is kept.
 *
 * @param sequence from 1, without gaps
 * @param at when it was decided
 * @param type the kind of event
 * @param schemaVersion the form of the JSON, from 1
 * @param json the event
 */
public record JournalEntry(
    long sequence, Instant at, String type, int schemaVersion, String json) {}
