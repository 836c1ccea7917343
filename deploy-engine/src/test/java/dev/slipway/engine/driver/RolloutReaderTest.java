package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.journal.RecordedJournal;
import dev.slipway.engine.store.FileGroupBooks;
import dev.slipway.engine.store.InMemoryStore;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RolloutReaderTest {

  private static final RecordedJournal JOURNAL = RecordedJournal.named("0.1.0/lost-and-back");
  private static final DeploymentId ID = JOURNAL.definition().deployment();
  private static final int ALL = JOURNAL.entries().size();

  @TempDir private Path directory;
  private final List<Object> readAfter = new ArrayList<>();
  private Store store;

  @BeforeEach
  void keepTheJournal() {
    store = new InMemoryStore(new FileGroupBooks(directory));
    store.create(new RolloutHeader(ID, "web", "prod", "token", null, Instant.EPOCH, "{}"));
    store.commit(store.acquire(ID), new Commit(JOURNAL.entries(), List.of()));
  }

  @Test
  void a_rollout_without_snapshot_is_read_from_its_first_event() {
    assertThat(newReader().read()).isEqualTo(JOURNAL.after(ALL));
    assertThat(readAfter).containsExactly(0L);
  }

  @Test
  void what_a_snapshot_holds_is_not_read_again() {
    store.keepSnapshot(ID, new Snapshot(50, StateForm.write(JOURNAL.after(50))));
    RolloutReader reader = newReader();

    assertThat(reader.read()).isEqualTo(JOURNAL.after(ALL));
    assertThat(reader.snapshotAt()).isEqualTo(50);
    assertThat(readAfter).containsExactly(50L);
  }

  @Test
  void a_snapshot_that_cannot_be_read_costs_time_and_no_more() {
    byte[] damaged = StateForm.write(JOURNAL.after(50));
    damaged[damaged.length / 2]++;
    store.keepSnapshot(ID, new Snapshot(50, damaged));
    RolloutReader reader = newReader();

    assertThat(reader.read()).isEqualTo(JOURNAL.after(ALL));
    assertThat(reader.snapshotAt()).isZero();
    assertThat(readAfter).containsExactly(0L);
  }

  @Test
  void a_reader_goes_on_where_it_was() {
    RolloutReader reader = newReader();
    reader.read();

    assertThat(reader.read()).isEqualTo(JOURNAL.after(ALL));
    assertThat(readAfter).containsExactly(0L, (long) ALL);
  }

  private RolloutReader newReader() {
    Store watched =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("journal")) {
                    readAfter.add(arguments[1]);
                  }
                  return method.invoke(store, arguments);
                });
    return new RolloutReader(
        watched,
        new RolloutRecord(
            JOURNAL.definition(),
            StrategyReference.waves(WaveSize.count(1)),
            List.of(),
            new RolloutRecord.Work(
                "web",
                "prod",
                "group",
                1,
                new RevisionId("0".repeat(64)),
                "appspec.yml",
                FileExistsBehavior.DISALLOW),
            null));
  }
}
