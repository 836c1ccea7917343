package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.event.RollbackWish;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a rollout that waits for others of its group may begin. Those come before it that were
 * asked for earlier, and those that wait for nobody, such as a rollback of an earlier one. Since
 * only what comes before it can bring such a one about, a turn that has come does not pass.
 */
final class Turn {

  /** Its driver is woken when another one ends; this is for when that is forgotten. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private Turn() {}

  /** Returns whether nobody comes before it, and asks those who do to stop if that is its way. */
  static boolean hasCome(
      DriverServices services, RolloutRecord record, RolloutRecord.Waiting waiting) {
    if (services.store().isOver(record.definition().deployment())) {
      return false;
    }
    List<DeploymentId> ahead = ahead(services.store(), record);
    if (waiting.supersedes()) {
      ahead.forEach(other -> stop(services, other, record.definition().deployment()));
    }
    return ahead.isEmpty();
  }

  /** Returns the rollouts that it waits for, oldest first; nobody if it is over itself. */
  static List<DeploymentId> ahead(Store store, RolloutRecord record) {
    RolloutRecord.Work work = record.work();
    DeploymentId self = record.definition().deployment();
    List<DeploymentId> unfinished = store.unfinished(work.application(), work.deploymentGroup());
    int own = unfinished.indexOf(self);
    if (own < 0) {
      return List.of();
    }
    List<DeploymentId> ahead = new ArrayList<>(unfinished.subList(0, own));
    // Of those that were created later, only those that follow another by themselves wait for
    // nobody: rollbacks, and what brings a revision to hosts that have appeared.
    unfinished.subList(own + 1, unfinished.size()).stream()
        .filter(other -> RolloutReader.record(store, other).waiting() == null)
        .forEach(ahead::add);
    return ahead;
  }

  /** The key makes a repetition harmless. */
  private static void stop(DriverServices services, DeploymentId other, DeploymentId by) {
    Input.Stop stop =
        new Input.Stop(
            services.timers().instant(),
            ErrorCode.MANUAL_STOP,
            RollbackWish.NEVER,
            null,
            "superseded by deployment " + by);
    services.store().deliver(other, InboxCodec.encode("STOP/superseded-by-" + by, stop));
    services.supervisor().wake(other);
  }

  /** Returns what it is made of now that it begins, as if it had been asked for just now. */
  static RolloutRecord begun(
      GroupBooks books, RolloutRecord record, RolloutRecord.Waiting waiting) {
    long generation = GroupBookKeeper.nextGeneration(books, record.work());
    GroupBook book = GroupBookKeeper.read(books, record.work());
    int deployedTo = record.definition().deployedTo();
    List<ScheduledHost> scheduled = new ArrayList<>();
    scheduled.addAll(
        HostOrdering.schedule(
            record.hosts().subList(0, deployedTo),
            book,
            waiting.order(),
            record.definition().pace().config(),
            record.definition().deployment()));
    List<ScheduledHost> before = record.definition().hosts();
    scheduled.addAll(before.subList(deployedTo, before.size()));
    Map<HostId, Host> byId =
        record.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
    return new RolloutRecord(
            record
                .definition()
                .withHosts(scheduled)
                .withRollback(
                    record
                        .definition()
                        .rollback()
                        .withRevision(book.targetRevision())
                        .withForbidden(OneWayDoors.inherited(waiting.rollbackForbidden(), book))),
            record.strategy(),
            scheduled.stream().map(host -> byId.get(host.id())).toList(),
            record.work(),
            record.retryOf())
        .withJoiners(record.joiners())
        .withGeneration(generation);
  }
}
