package dev.slipway.engine.driver;

import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.journal.Json;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.RolloutHeader;
import java.time.Instant;

/** What is kept when a rollout is over: how its hosts fared, and the rollback that follows it. */
final class RolloutEnding {

  private RolloutEnding() {}

  static Commit.End of(GroupBooks books, RolloutRecord record, RolloutState ended, Instant now) {
    GroupBookKeeper.Opened opened = GroupBookKeeper.opened(books, record.work());
    long generation = opened.content().generation();
    GroupBook book = opened.content().book().after(ended, record.work().revision());
    RollbackPlanned planned = ended.rollback();
    if (planned == null) {
      return new Commit.End(
          opened.next(record.work(), new GroupBookKeeper.Content(generation, book)), null);
    }
    RolloutRecord rollback =
        RollbackRecord.of(
            record,
            new Effect.StartRollback(planned.rollback(), planned.revision()),
            book,
            generation + 1);
    return new Commit.End(
        opened.next(record.work(), new GroupBookKeeper.Content(generation + 1, book)),
        new RolloutHeader(
            planned.rollback(),
            record.work().application(),
            record.work().deploymentGroup(),
            "rollback-of-" + record.definition().deployment(),
            record.definition().deployment(),
            now,
            Json.write(rollback)));
  }
}
