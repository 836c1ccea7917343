/** Alarms of one's own: what stops a rollout while it runs. */
package dev.slipway.spi.alarm;
