/** What a rollout shall do, its plan, its handle and its result. */
package dev.slipway.rollout;
