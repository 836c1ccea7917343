package dev.slipway.domain;

import dev.slipway.failure.DomainException;

/**
 * What is kept beside rollouts, with the operations of CodeDeploy's API. Every operation is one
 * transaction; each throws {@link DomainException} with the name of CodeDeploy's exception when it
 * cannot be done, and nothing has changed then.
 *
 * <p>Thread-safe. Methods may block.
 */
public interface Domain {

  /** Returns the applications. */
  Applications applications();

  /** Returns the revisions of applications. */
  Revisions revisions();

  /** Returns the deployment configs, CodeDeploy's own included. */
  DeploymentConfigCatalog deploymentConfigs();

  /** Returns the deployment groups of applications. */
  DeploymentGroups deploymentGroups();

  /** Returns the on-premises instances. */
  OnPremisesInstances onPremisesInstances();

  /** Returns the deployments. */
  Deployments deployments();

  /**
   * Compares what the hosts of a deployment group run with what they shall run.
   *
   * @param application name of the application; if it is not kept here, the names under which
   *     rollouts were started
   * @param deploymentGroup name of the deployment group
   */
  DriftReport drift(String application, String deploymentGroup);
}
