package dev.slipway.rollout;

import java.time.Instant;

/**
 * That a rollout rests.
 *
 * @param since since when
 * @param reason in words, may be empty
 */
public record Pause(Instant since, String reason) {}
