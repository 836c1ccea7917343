/** What is thrown: misuse and a lost store only. */
package dev.slipway.failure;
