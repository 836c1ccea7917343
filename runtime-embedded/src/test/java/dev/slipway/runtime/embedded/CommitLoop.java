package dev.slipway.runtime.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Delivers, commits, prints and takes snapshots for ever, and says the number of each round when it
 * has been kept.
 */
final class CommitLoop {

  static final DeploymentId ROLLOUT = new DeploymentId("d-AAAAAAAAA");

  private static final String LINE = "what a script prints\n";
  private static final int SNAPSHOT_EVERY = 10;
  private static final int SNAPSHOT_BYTES = 20_000;

  private CommitLoop() {}

  /**
   * Begins where the last one was killed.
   *
   * @param arguments the directory
   */
  public static void main(String... arguments) {
    JdbcStore store = TestStore.open(Path.of(arguments[0]), 100);
    store.create(new RolloutHeader(ROLLOUT, "web", "prod", "token", null, Instant.EPOCH, "{}"));
    Ownership owner = store.acquire(ROLLOUT);
    for (long round = owner.version() + 1; ; round++) {
      store.deliver(ROLLOUT, new InboxItem("d" + round, Instant.EPOCH, "Finished", "{}"));
      System.out.println("delivered " + round + " ok");
      JournalEntry entry = new JournalEntry(round, Instant.EPOCH, "HostBack", 1, "{}");
      owner = store.commit(owner, new Commit(List.of(entry), List.of("d" + (round - 1))));
      System.out.println("committed " + round + " ok");
      store.appendOutput(ROLLOUT, printed(owner.epoch(), round));
      if (round % SNAPSHOT_EVERY == 0) {
        store.keepSnapshot(ROLLOUT, new Snapshot(round, new byte[SNAPSHOT_BYTES]));
        System.out.println("snapped " + round + " ok");
      }
    }
  }

  private static OutputChunk printed(long epoch, long round) {
    HostId host = new HostId("host-" + epoch);
    return new OutputChunk(
        host, LifecycleEvent.INSTALL, 1, round * LINE.length(), LINE.getBytes(UTF_8));
  }

  /** Returns what the bytes of a chunk must be. */
  static byte[] printed(OutputChunk chunk) {
    int from = (int) (chunk.offset() % LINE.length());
    return LINE.repeat(2).substring(from, from + chunk.size()).getBytes(UTF_8);
  }
}
