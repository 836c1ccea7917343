/** The AppSpec of a revision as values. */
package dev.slipway.appspec;
