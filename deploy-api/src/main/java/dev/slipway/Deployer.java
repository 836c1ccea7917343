package dev.slipway;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;

/**
 * Rolls revisions out to fleets. {@code Slipway.builder()} of {@code deploy-engine} makes one.
 *
 * <p>Thread-safe.
 */
public interface Deployer extends AutoCloseable {

  /**
   * Begins to put a rollout together.
   *
   * @param application name of the application
   * @param deploymentGroup name of the deployment group
   */
  RolloutBuilder rollout(String application, String deploymentGroup);

  /**
   * Returns the handle of a rollout, whoever started it.
   *
   * @throws RequestException if there is none of that id
   */
  Rollout attach(DeploymentId id);

  /** Ends driving within a bound. It never stops a rollout: the next deployer goes on with it. */
  @Override
  void close();
}
