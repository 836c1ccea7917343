package dev.slipway;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.Domain;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.train.Train;
import dev.slipway.train.TrainBuilder;
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
   * Starts a plan that another deployer of the same state and hosts has made, as {@link
   * Plan#start()} does, such as one that looked before this one was opened to drive. The bundle is
   * not read again to be planned.
   *
   * @throws dev.slipway.failure.PlanOutdatedException if what it rests on has changed, or is
   *     something else for this deployer
   * @throws RequestException if the plan is of another implementation
   */
  Rollout start(Plan plan);

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

  /**
   * Begins to put a train together: rollouts of several applications that succeed together or go
   * back together.
   *
   * @param name its name, which no train of the same store has had
   */
  TrainBuilder train(String name);

  /** Returns the names of the trains that are kept, the one that was started last first. */
  List<String> trains();

  /**
   * Returns the handle of a train, whoever started it.
   *
   * @throws RequestException if there is none of that name
   */
  Train attachTrain(String name);

  /** Returns what is kept beside rollouts: applications, deployment groups and the like. */
  Domain domain();

  /** Ends driving within a bound. It never stops a rollout: the next deployer goes on with it. */
  @Override
  void close();
}
