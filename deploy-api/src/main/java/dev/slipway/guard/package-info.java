/** What a rollout waits for beside its hosts: bakes, gates, approvals, alarms, windows, a pulse. */
package dev.slipway.guard;
