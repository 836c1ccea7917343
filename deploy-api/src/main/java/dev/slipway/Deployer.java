package dev.slipway;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.Domain;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import java.util.List;

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

  /**
   * Returns the handles of the rollouts that are kept, newest first, whoever started them.
   *
   * @param atMost how many at most
   */
  List<Rollout> rollouts(int atMost);

  /** Returns the handles of the rollouts that are not over, oldest first, whoever started them. */
  List<Rollout> unfinished();

  /** Returns what is kept beside rollouts: applications, deployment groups and the like. */
  Domain domain();

  /** Ends driving within a bound. It never stops a rollout: the next deployer goes on with it. */
  @Override
  void close();
}
