package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.fleet.Host;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.RolloutHeader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept when a rollout is over: how its hosts fared, and the rollback that follows it. */
final class RolloutEnding {

  /** How the client token of a rollback begins; the id of the rollout that it follows ends it. */
  static final String ROLLBACK_OF = "rollback-of-";

  private RolloutEnding() {}

  /** Returns how many of these events, which end a rollout, come before those of the end itself. */
  static int eventsBefore(List<RolloutEvent> events) {
    int count = 0;
    while (count < events.size() && !isOfTheEnd(events.get(count))) {
      count++;
    }
    return count;
  }

  private static boolean isOfTheEnd(RolloutEvent event) {
    return event instanceof HostsJoined
        || event instanceof RollbackPlanned
        || event instanceof RollbackSkipped
        || event instanceof RolloutEnded;
  }

  /**
   * Returns what is kept.
   *
   * @param joined the hosts that have appeared meanwhile
   */
  static Commit.End of(
      GroupBooks books, RolloutRecord record, RolloutState ended, List<Host> joined, Instant now) {
    GroupBookKeeper.Opened opened = GroupBookKeeper.opened(books, record.work());
    long generation = opened.content().generation();
    GroupBook book = after(opened.content().book(), record, ended);
    RollbackPlanned planned = ended.rollback();
    DeploymentId update = update(ended);
    if (update != null) {
      RolloutRecord following = UpdateRecord.of(record, joined, book, update, generation + 1);
      return new Commit.End(
          opened.next(record.work(), new GroupBookKeeper.Content(generation + 1, book)),
          header(record, following, "update-after-", null, now));
    }
    if (planned == null) {
      return new Commit.End(
          opened.next(record.work(), new GroupBookKeeper.Content(generation, book)), null);
    }
    RolloutRecord rollback =
        RollbackRecord.of(
            record,
            ended,
            new Effect.StartRollback(planned.rollback(), planned.revision()),
            book,
            generation + 1);
    return new Commit.End(
        opened.next(record.work(), new GroupBookKeeper.Content(generation + 1, book)),
        header(record, rollback, ROLLBACK_OF, record.definition().deployment(), now));
  }

  private static @Nullable DeploymentId update(RolloutState ended) {
    HostsJoined joined = ended.joined();
    return joined == null ? null : joined.update();
  }

  /** Of each kind one at most follows a rollout, since the client token is that of the rollout. */
  private static RolloutHeader header(
      RolloutRecord record,
      RolloutRecord following,
      String token,
      @Nullable DeploymentId rollbackOf,
      Instant now) {
    return new RolloutHeader(
        following.definition().deployment(),
        record.work().application(),
        record.work().deploymentGroup(),
        token + record.definition().deployment(),
        rollbackOf,
        now,
        RecordCodec.encode(following));
  }

  /** Nothing has become of a rollout that has only waited. */
  private static GroupBook after(GroupBook book, RolloutRecord record, RolloutState ended) {
    return record.waiting() == null
        ? book.after(ended, record.work().revision(), record.work().fileExistsBehavior())
        : book;
  }
}
