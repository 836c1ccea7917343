/** Hosts, and how a deployment group finds its own. */
package dev.slipway.fleet;
