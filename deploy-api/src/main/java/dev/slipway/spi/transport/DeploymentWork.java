package dev.slipway.spi.transport;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.revision.Bundle;

/**
 * What is the same for all hosts of a deployment.
 *
 * @param deployment its id
 * @param application name of the application
 * @param deploymentGroup name of the deployment group
 * @param deploymentGroupId the id under which a host keeps what it knows of the group; CodeDeploy's
 *     own UUID, or one derived from the names
 * @param creator who asked for it
 * @param isBlueGreen whether traffic is switched from other hosts: then a rollback runs scripts of
 *     other revisions
 * @param bundle what is deployed
 * @param appSpecFile name of the AppSpec in the bundle, {@code appspec.yml} unless said otherwise
 * @param fileExistsBehavior what happens to files in the way, where the AppSpec does not say
 */
public record DeploymentWork(
    DeploymentId deployment,
    String application,
    String deploymentGroup,
    String deploymentGroupId,
    Creator creator,
    boolean isBlueGreen,
    Bundle bundle,
    String appSpecFile,
    FileExistsBehavior fileExistsBehavior) {}
