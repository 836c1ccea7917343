package dev.slipway.train;

import dev.slipway.deployment.LateJoiners;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts a train together. A stage starts when every rollout of the one before it has succeeded; the
 * rollouts of one stage go out beside each other.
 *
 * <p>Not thread-safe.
 */
public final class TrainBuilder {

  private static final int MOST_ROLLOUTS = 1000;
  private static final String NAME = "[A-Za-z0-9._+=,@-]{1,100}";

  private final String name;
  private final Starter starter;
  private final List<List<Plan>> stages = new ArrayList<>();
  private final Set<String> targets = new HashSet<>();
  private boolean rollsBack = true;

  /** Starts trains. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Starts one.
     *
     * @param name its name
     * @param stages its rollouts
     * @param rollsBack whether all go back when one does not succeed
     */
    Train start(String name, List<List<Plan>> stages, boolean rollsBack);
  }

  /**
   * Begins a train.
   *
   * @param name its name
   * @param starter starts it
   */
  public TrainBuilder(String name, Starter starter) {
    if (!name.matches(NAME)) {
      throw new RequestException(
          "the name of a train must be 1 to 100 letters, digits or . _ + = , @ -, but is '"
              + name
              + "'");
    }
    this.name = name;
    this.starter = starter;
  }

  /**
   * Adds a stage.
   *
   * @param plans what goes out beside each other, at least one
   * @throws RequestException if a deployment group is in the train already, its plan could not
   *     succeed or deploys to late joiners, or there are more than 1,000 plans
   */
  public TrainBuilder stage(Plan... plans) {
    if (plans.length == 0) {
      throw new RequestException("a stage of train " + name + " needs a plan");
    }
    for (Plan plan : plans) {
      String target = plan.spec().application() + "/" + plan.spec().deploymentGroup();
      if (!targets.add(target)) {
        throw new RequestException(
            "deployment group " + target + " is in train " + name + " twice; keep one of them");
      }
      if (plan.spec().options().lateJoiners() == LateJoiners.DEPLOY_AFTER) {
        throw new RequestException(
            target
                + " deploys to hosts that appear later, of which train "
                + name
                + " would know nothing: let it report them");
      }
      if (targets.size() > MOST_ROLLOUTS) {
        throw new RequestException(
            "train " + name + " has more than " + MOST_ROLLOUTS + " rollouts; make two of it");
      }
      plan.error()
          .ifPresent(
              error -> {
                throw new RequestException(
                    target + " would fail (" + error.code() + "): " + error.message());
              });
    }
    stages.add(List.of(plans));
    return this;
  }

  /** Lets what has succeeded stay when another rollout does not; all go back unless given. */
  public TrainBuilder withoutRollback() {
    rollsBack = false;
    return this;
  }

  /**
   * Starts the train: all bundles are kept before the first host is touched. A group that is busy
   * is waited for.
   *
   * @throws RequestException if there is a train of that name already, or there is no stage
   * @throws dev.slipway.failure.PlanOutdatedException if what a plan rests on has changed since
   * @throws dev.slipway.failure.PreflightException if a plan asks for a look at its hosts, and one
   *     is not fit
   */
  public Train start() {
    if (stages.isEmpty()) {
      throw new RequestException("train " + name + " has no stage: add one");
    }
    return starter.start(name, List.copyOf(stages), rollsBack);
  }
}
