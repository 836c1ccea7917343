/** What happens in a rollout, as values: the journal of the engine and what listeners get. */
package dev.slipway.event;
