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
import java.util.stream.Stream;

/**
 * What a rollback is made of: a deployment of the last revision that worked, to all hosts of the
 * one that it follows, failed ones first, with the same floor, never zone by zone, and without a
 * strategy of its own: the sooner it is over, the better. After a traffic switch it installs
 * nothing: the original hosts get traffic again, and the replacements lose it.
 */
final class RollbackRecord {

  private RollbackRecord() {}

  static RolloutRecord of(
      RolloutRecord ended, Effect.StartRollback rollback, GroupBook book, long generation) {
    RolloutDefinition definition = ended.definition();
    List<Host> replaced = ended.hosts().subList(definition.deployedTo(), definition.hosts().size());
    List<Host> moved = ended.hosts().subList(0, definition.deployedTo());
    boolean isInPlace = replaced.isEmpty();
    List<ScheduledHost> scheduled =
        HostOrdering.schedule(
            isInPlace ? moved : replaced,
            book,
            HostOrder.SPREAD,
            definition.pace().config().withoutZones(),
            rollback.deployment());
    if (!isInPlace) {
      scheduled = Stream.concat(scheduled.stream(), outgoing(definition)).toList();
    }
    Map<HostId, Host> byId =
        ended.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
    RolloutRecord.Work work = ended.work();
    return new RolloutRecord(
        new RolloutDefinition(
            rollback.deployment(),
            Creator.ROLLBACK,
            scheduled,
            definition.pace(),
            isInPlace ? definition.lifecycle() : definition.lifecycle().switchingBack(moved.size()),
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

  /** The hosts to which traffic was switched lose it. */
  private static Stream<ScheduledHost> outgoing(RolloutDefinition definition) {
    return definition.hosts().subList(0, definition.deployedTo()).stream();
  }
}
