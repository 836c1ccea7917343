/** What is deployed. */
package dev.slipway.revision;
