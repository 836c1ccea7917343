package dev.slipway.domain;

import org.jspecify.annotations.Nullable;

/**
 * A deployment group: hosts, and how they are deployed to.
 *
 * @param application name of its application
 * @param name unique within the application
 * @param id a UUID that stays when group or application are renamed; hosts keep what they know of
 *     the group under it
 * @param settings all of it, defaults included: only {@code blueGreen} may be null
 * @param targetRevision the revision of the last deployment that succeeded, or null
 * @param lastSuccessful the last deployment that succeeded and is still kept, or null
 * @param lastAttempted the last deployment that is still kept, or null
 */
public record DeploymentGroup(
    String application,
    String name,
    String id,
    GroupSettings settings,
    @Nullable RevisionLocation targetRevision,
    @Nullable LastDeployment lastSuccessful,
    @Nullable LastDeployment lastAttempted) {}
