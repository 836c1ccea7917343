package dev.slipway.deployment;

/**
 * Why a deployment did not succeed.
 *
 * @param code the reason
 * @param message the reason in words, with the numbers that led to it
 */
public record ErrorInformation(ErrorCode code, String message) {}
