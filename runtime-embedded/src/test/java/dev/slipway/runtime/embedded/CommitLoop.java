package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Delivers and commits for ever, and prints the number of each round when it has been kept. */
final class CommitLoop {

  static final DeploymentId ROLLOUT = new DeploymentId("d-AAAAAAAAA");

  private CommitLoop() {}

  /**
   * Begins where the last one was killed.
   *
   * @param arguments the database
   */
  public static void main(String... arguments) {
    JdbcStore store = JdbcStore.open(new SqliteDatabase(Path.of(arguments[0])), 100);
    store.create(new RolloutHeader(ROLLOUT, "web", "prod", "token", null, Instant.EPOCH, "{}"));
    Ownership owner = store.acquire(ROLLOUT);
    for (long round = owner.version() + 1; ; round++) {
      store.deliver(ROLLOUT, new InboxItem("d" + round, Instant.EPOCH, "Finished", "{}"));
      System.out.println("delivered " + round + " ok");
      JournalEntry entry = new JournalEntry(round, Instant.EPOCH, "HostBack", 1, "{}");
      owner = store.commit(owner, new Commit(List.of(entry), List.of("d" + (round - 1))));
      System.out.println("committed " + round + " ok");
    }
  }
}
