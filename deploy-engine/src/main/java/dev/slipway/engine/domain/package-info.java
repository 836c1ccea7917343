/**
 * What is kept beside rollouts, as documents: applications, deployment groups, revisions, configs,
 * on-premises instances, and what a rollout's own record does not say of a deployment.
 */
@NullMarked
package dev.slipway.engine.domain;

import org.jspecify.annotations.NullMarked;
