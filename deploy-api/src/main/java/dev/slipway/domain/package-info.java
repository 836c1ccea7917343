/**
 * What outlives deployments: applications, revisions, deployment configs, deployment groups and
 * on-premises instances, and deployments seen as CodeDeploy shows them.
 */
@NullMarked
package dev.slipway.domain;

import org.jspecify.annotations.NullMarked;
