package dev.slipway.event;

import java.time.Instant;

/**
 * An event with its place in the journal.
 *
 * @param sequence from 1, without gaps
 * @param at when it was decided
 * @param event what happened
 */
public record RecordedEvent(long sequence, Instant at, RolloutEvent event) {}
