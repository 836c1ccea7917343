package dev.slipway.engine.driver;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.revision.RevisionId;
import dev.slipway.strategy.StrategyReference;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a rollout when it is created: enough to drive it to its end in any process, and
 * to roll it back.
 *
 * @param definition what the core works on
 * @param strategy who starts when
 * @param hosts the hosts as their transports know them, in scheduling order
 * @param work what each of them gets
 * @param retryOf the rollout whose open hosts these are, or null
 * @param waiting how it waits for others of its group, or null once its turn has come
 * @param joiners how it looks for hosts that appear meanwhile, or null when it does not
 */
public record RolloutRecord(
    RolloutDefinition definition,
    StrategyReference strategy,
    List<Host> hosts,
    Work work,
    @Nullable DeploymentId retryOf,
    @Nullable Waiting waiting,
    @Nullable Joiners joiners) {

  /** Copies the list in. */
  public RolloutRecord {
    hosts = List.copyOf(hosts);
  }

  /** Makes one of a rollout that waits for nobody. */
  public RolloutRecord(
      RolloutDefinition definition,
      StrategyReference strategy,
      List<Host> hosts,
      Work work,
      @Nullable DeploymentId retryOf) {
    this(definition, strategy, hosts, work, retryOf, null, null);
  }

  /** Returns the hosts that are deployed to; the others only lose traffic. */
  public List<Host> deployedTo() {
    return hosts.subList(0, definition.deployedTo());
  }

  /** Returns this record with the generation of its host locks. */
  public RolloutRecord withGeneration(long generation) {
    return new RolloutRecord(
        definition,
        strategy,
        hosts,
        new Work(
            work.application,
            work.deploymentGroup,
            work.deploymentGroupId,
            generation,
            work.revision,
            work.appSpecFile,
            work.fileExistsBehavior),
        retryOf,
        waiting,
        joiners);
  }

  /** Returns this record for a rollout that goes back by itself after these outcomes. */
  public RolloutRecord rolledBackAfter(Set<AutoRollbackEvent> outcomes) {
    return new RolloutRecord(
        definition.withRollback(definition.rollback().withEvents(outcomes)),
        strategy,
        hosts,
        work,
        retryOf,
        waiting,
        joiners);
  }

  /** Returns this record for a rollout that looks for hosts that appear, or does not if null. */
  public RolloutRecord withJoiners(@Nullable Joiners how) {
    return new RolloutRecord(definition, strategy, hosts, work, retryOf, waiting, how);
  }

  /**
   * Returns this record for a rollout that waits for others of its group. Until its turn has come
   * there is nothing to bring back.
   *
   * @param order of its hosts, once it begins
   * @param supersedes whether it stops the others
   * @param door why it leaves no way back itself, or null; those before it may pass doors meanwhile
   */
  public RolloutRecord waiting(HostOrder order, boolean supersedes, @Nullable String door) {
    return new RolloutRecord(
        definition.withRollback(
            definition.rollback().withForbidden("it never began, so there is nothing to undo")),
        strategy,
        hosts,
        work,
        retryOf,
        new Waiting(order, supersedes, door),
        joiners);
  }

  /**
   * How a rollout waits for others of its group.
   *
   * @param order of its hosts, once it begins
   * @param supersedes whether it stops the others
   * @param rollbackForbidden why it leaves no way back itself once it has begun, or null
   */
  public record Waiting(HostOrder order, boolean supersedes, @Nullable String rollbackForbidden) {}

  /**
   * What each host gets.
   *
   * @param application name of the application
   * @param deploymentGroup name of the deployment group
   * @param deploymentGroupId the id under which hosts keep what they know of the group
   * @param generation of the host locks of this rollout
   * @param revision what is deployed
   * @param appSpecFile name of the AppSpec in the bundle
   * @param fileExistsBehavior what happens to files in the way
   */
  public record Work(
      String application,
      String deploymentGroup,
      String deploymentGroupId,
      long generation,
      RevisionId revision,
      String appSpecFile,
      FileExistsBehavior fileExistsBehavior) {}

  /**
   * How a rollout looks for hosts that appear while it runs.
   *
   * @param selector which hosts are its own
   * @param deployTo whether they get its revision
   */
  public record Joiners(HostSelector selector, boolean deployTo) {}
}
