package dev.slipway.engine.driver;

import dev.slipway.deployment.Creator;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.strategy.StrategyReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a rollback is made of: a deployment of the last revision that worked, to all hosts of the
 * one that it follows, failed ones first, with the same floor, never zone by zone, and without a
 * strategy of its own: the sooner it is over, the better.
 */
final class RollbackRecord {

  private RollbackRecord() {}

  static RolloutRecord of(
      RolloutRecord ended, Effect.StartRollback rollback, GroupBook book, long generation) {
    RolloutDefinition definition = ended.definition();
    List<ScheduledHost> scheduled =
        HostOrdering.schedule(
            ended.hosts(),
            book,
            HostOrder.SPREAD,
            definition.pace().config().withoutZones(),
            rollback.deployment());
    Map<HostId, Host> byId =
        ended.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
    RolloutRecord.Work work = ended.work();
    return new RolloutRecord(
        new RolloutDefinition(
            rollback.deployment(),
            Creator.ROLLBACK,
            scheduled,
            definition.pace(),
            definition.lifecycle(),
            new RollbackPolicy(Set.of(), rollback.deployment(), null)),
        StrategyReference.AS_MANY_AS_MAY,
        scheduled.stream().map(host -> byId.get(host.id())).toList(),
        new RolloutRecord.Work(
            work.application(),
            work.deploymentGroup(),
            work.deploymentGroupId(),
            generation,
            rollback.revision(),
            work.appSpecFile(),
            work.fileExistsBehavior()),
        null);
  }
}
