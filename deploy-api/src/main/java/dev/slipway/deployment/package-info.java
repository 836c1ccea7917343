/** A deployment: its states, its lifecycle events, and what went wrong. */
package dev.slipway.deployment;
