package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of its work, again and again, on the same database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(1800)
class KillTest {

  private static final int KILLS = Integer.getInteger("slipway.soak.kills", 3);
  private static final int MANY = Integer.MAX_VALUE;
  private static final long SEED = Long.getLong("slipway.seed", 20261125L);

  @TempDir private Path directory;

  @Test
  void what_was_acknowledged_is_there_after_a_kill() throws Exception {
    Random random = new Random(SEED);
    Acknowledged acknowledged = new Acknowledged();
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess child = ChildProcess.start(CommitLoop.class, directory.toString())) {
        for (int lines = 1 + random.nextInt(200); lines > 0; lines--) {
          acknowledged.take(child.line().orElseThrow());
        }
        child.kill().forEach(acknowledged::take);
      }
      assertKept(acknowledged, "seed %d, kill %d".formatted(SEED, kill));
    }
  }

  private void assertKept(Acknowledged acknowledged, String which) {
    try (JdbcStore store = TestStore.open(directory, 100)) {
      List<Long> sequences =
          store.journal(CommitLoop.ROLLOUT, 0, MANY).stream().map(JournalEntry::sequence).toList();
      assertThat((long) sequences.size())
          .as("commits, %s", which)
          .isGreaterThanOrEqualTo(acknowledged.committed);
      assertThat(store.inbox(CommitLoop.ROLLOUT, 10))
          .as("deliveries, %s", which)
          .extracting(InboxItem::key)
          .contains("d" + acknowledged.delivered);
      assertSnapshot(store, acknowledged, which);
      assertWholeOutput(store.output(CommitLoop.ROLLOUT, 0, MANY), which);
    }
  }

  private static void assertSnapshot(JdbcStore store, Acknowledged acknowledged, String which) {
    assertThat(store.snapshot(CommitLoop.ROLLOUT).map(Snapshot::sequence).orElse(0L))
        .as("snapshot, %s", which)
        .isBetween(acknowledged.snapped, (long) store.journal(CommitLoop.ROLLOUT, 0, MANY).size());
  }

  /**
   * Pieces of output may be missing at the end of what a process printed, but never are damaged.
   */
  private static void assertWholeOutput(List<KeptOutput> output, String which) {
    assertThat(output)
        .as("output, %s", which)
        .allSatisfy(
            piece -> assertThat(piece.chunk().bytes()).isEqualTo(CommitLoop.printed(piece.chunk())))
        .extracting(KeptOutput::place)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  /**
   * What the children had printed when they were killed. A line that is not whole does not count.
   */
  private static final class Acknowledged {

    private long committed;
    private long delivered;
    private long snapped;

    void take(String line) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[2].equals("ok")) {
        long round = Long.parseLong(words[1]);
        switch (words[0]) {
          case "committed" -> committed = Math.max(committed, round);
          case "delivered" -> delivered = Math.max(delivered, round);
          case "snapped" -> snapped = Math.max(snapped, round);
          default -> throw new IllegalArgumentException("not a line of CommitLoop: " + line);
        }
      }
    }
  }
}
