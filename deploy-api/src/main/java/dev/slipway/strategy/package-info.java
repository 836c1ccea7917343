/** Which hosts start next: what decides it, and the strategies that come with Slipway. */
package dev.slipway.strategy;
