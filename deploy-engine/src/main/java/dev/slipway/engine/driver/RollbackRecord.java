package dev.slipway.engine.driver;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.HostStatus;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.strategy.StrategyReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rollback is made of: a deployment of the last revision that worked, as it was deployed, to
 * the hosts of the one that it follows or those that it has changed, failed ones first, with the
 * same floor and never zone by zone. Unless it shall keep the pace of the one that it follows, it
 * has no strategy of its own: the sooner it is over, the better. After a traffic switch it installs
 * nothing: the original hosts get traffic again, and the replacements lose it. There may be fewer
 * originals than the floor asks for, or more than a rollout may have hosts: neither keeps traffic
 * from coming back.
 */
final class RollbackRecord {

  private RollbackRecord() {}

  static RolloutRecord of(
      RolloutRecord record,
      RolloutState ended,
      Effect.StartRollback rollback,
      GroupBook book,
      long generation) {
    RolloutDefinition definition = record.definition();
    List<Host> replaced = record.hosts().subList(definition.deployedTo(), record.hosts().size());
    List<Host> moved = record.hosts().subList(0, definition.deployedTo());
    boolean isInPlace = replaced.isEmpty();
    List<Host> hosts = isInPlace ? moved : replaced;
    RolloutDefinition.Pace pace = definition.pace();
    DeploymentConfig floor =
        isInPlace ? pace.config() : FollowingConfig.of(pace.config(), hosts.size());
    if (isInPlace && definition.rollback().changedOnly()) {
      hosts = changed(record, ended);
      floor = floor(ended, moved.size() - hosts.size());
    }
    List<ScheduledHost> scheduled =
        HostOrdering.schedule(
            hosts, book, HostOrder.SPREAD, floor.withoutZones(), rollback.deployment());
    if (!isInPlace) {
      scheduled = Stream.concat(scheduled.stream(), outgoing(definition)).toList();
    }
    Map<HostId, Host> byId =
        record.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
    RolloutRecord.Work work = record.work();
    return new RolloutRecord(
        new RolloutDefinition(
            rollback.deployment(),
            Creator.ROLLBACK,
            scheduled,
            pace.withConfig(floor).withoutMaxHosts(),
            isInPlace ? definition.lifecycle() : definition.lifecycle().switchingBack(moved.size()),
            new RollbackPolicy(Set.of(), rollback.deployment(), null)),
        definition.rollback().fullPace() ? record.strategy() : StrategyReference.AS_MANY_AS_MAY,
        scheduled.stream().map(host -> byId.get(host.id())).toList(),
        new RolloutRecord.Work(
            work.application(),
            work.deploymentGroup(),
            work.deploymentGroupId(),
            generation,
            rollback.revision(),
            work.appSpecFile(),
            Objects.requireNonNullElse(book.fileExistsBehavior(), work.fileExistsBehavior())),
        null);
  }

  /** The hosts to which traffic was switched lose it. */
  private static Stream<ScheduledHost> outgoing(RolloutDefinition definition) {
    return definition.hosts().subList(0, definition.deployedTo()).stream();
  }

  private static List<Host> changed(RolloutRecord record, RolloutState ended) {
    List<Host> changed = new ArrayList<>();
    for (int position = 0; position < record.hosts().size(); position++) {
      HostStatus status = ended.statusOf(position);
      if (status != HostStatus.PENDING && status != HostStatus.SKIPPED) {
        changed.add(record.hosts().get(position));
      }
    }
    return changed;
  }

  /** As many may be off as before: hosts that were not begun with count as healthy. */
  private static DeploymentConfig floor(RolloutState ended, int unchanged) {
    int healthy = Math.max(ended.numbers().minimumHealthy() - unchanged, 0);
    return DeploymentConfig.custom("rollback", MinimumHealthyHosts.hostCount(healthy));
  }
}
