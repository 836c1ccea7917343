/** How many hosts must stay healthy during a rollout, and how the rest is taken in turn. */
package dev.slipway.config;
