package dev.slipway.engine.driver;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.HostStatus;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a retry is made of: the same revision for the hosts that failed or were not started. Hosts
 * that have succeeded count as healthy, so that the floor of the whole group stays where it was;
 * zones do not matter any more.
 */
final class RetryRecord {

  private RetryRecord() {}

  /** The ids that a retry may need: its own, and that of its rollback. */
  record Ids(DeploymentId retry, DeploymentId rollback) {}

  static RolloutRecord of(RolloutRecord record, RolloutState ended, GroupBook book, Ids ids) {
    RolloutDefinition definition = record.definition();
    check(ended, book);
    List<Host> hosts = open(record, ended);
    if (hosts.isEmpty()) {
      throw new RequestException(
          "deployment " + definition.deployment() + " has no host to retry: all have succeeded");
    }
    int succeeded = record.hosts().size() - hosts.size();
    DeploymentConfig floor =
        DeploymentConfig.custom(
            "retry",
            MinimumHealthyHosts.hostCount(
                Math.max(ended.numbers().minimumHealthy() - succeeded, 0)));
    List<ScheduledHost> scheduled =
        HostOrdering.schedule(hosts, book, HostOrder.SPREAD, floor, ids.retry());
    Map<HostId, Host> byId =
        hosts.stream().collect(Collectors.toMap(Host::id, Function.identity()));
    return new RolloutRecord(
            new RolloutDefinition(
                ids.retry(),
                Creator.USER,
                scheduled,
                new RolloutDefinition.Pace(
                    floor,
                    definition.pace().batching(),
                    definition.pace().limits(),
                    definition.pace().clocks()),
                definition.lifecycle(),
                rollback(record, ids.rollback(), book),
                definition.guards()),
            record.strategy(),
            scheduled.stream().map(host -> byId.get(host.id())).toList(),
            record.work(),
            definition.deployment())
        .withJoiners(record.joiners());
  }

  /** A door that the rollout has passed, or one before it, stays shut. */
  private static RollbackPolicy rollback(
      RolloutRecord record, DeploymentId deployment, GroupBook book) {
    RollbackPolicy before = record.definition().rollback();
    RolloutRecord.Waiting waiting = record.waiting();
    String own = waiting == null ? before.forbidden() : waiting.rollbackForbidden();
    return new RollbackPolicy(
        before.events(),
        deployment,
        book.targetRevision(),
        OneWayDoors.inherited(own, book),
        before.changedOnly(),
        before.fullPace());
  }

  private static void check(RolloutState ended, GroupBook book) {
    DeploymentId id = ended.definition().deployment();
    if (!ended.status().isTerminal()) {
      throw new RequestException(
          "deployment " + id + " is not over: wait for its end or stop it, then retry");
    }
    if (ended.definition().lifecycle().blueGreen() != null) {
      throw new RequestException(
          "deployment " + id + " switches traffic and cannot be retried: plan a new rollout");
    }
    DeploymentId last = book.lastDeployment();
    if (last != null && !last.equals(id)) {
      throw new RequestException(
          "deployment %s cannot be retried, deployment %s came after it: plan a new rollout"
              .formatted(id, last));
    }
  }

  private static List<Host> open(RolloutRecord record, RolloutState ended) {
    List<Host> open = new ArrayList<>();
    for (int position = 0; position < record.hosts().size(); position++) {
      if (ended.statusOf(position) != HostStatus.SUCCEEDED) {
        open.add(record.hosts().get(position));
      }
    }
    return open;
  }
}
