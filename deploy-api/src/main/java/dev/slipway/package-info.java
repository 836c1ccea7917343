/** The front door. */
package dev.slipway;
