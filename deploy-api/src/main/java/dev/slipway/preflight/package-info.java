/** What is looked for on hosts before anything is touched. */
package dev.slipway.preflight;
