package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupPage;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SharedWritesTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  @TempDir private Path directory;
  private JdbcStore store;

  @BeforeEach
  void open() {
    store = newStore(2);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_refused_commit_harms_nobody_that_it_shares_a_transaction_with() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> refusals = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      DeploymentId id = id(i);
      refusals.add(threads.submit(() -> commitAndBeRefused(id)));
    }

    for (Future<Integer> refused : refusals) {
      assertThat(refused.get()).isEqualTo(ROUNDS);
    }
    threads.shutdown();
    for (int i = 0; i < THREADS; i++) {
      assertThat(store.journal(id(i), 0, 1000)).hasSize(ROUNDS);
      assertThat(store.inbox(id(i), 1000)).hasSize(ROUNDS);
    }
  }

  private int commitAndBeRefused(DeploymentId id) {
    store.create(header(id, id.value()));
    Ownership stale = store.acquire(id);
    Ownership owner = store.acquire(id);
    int refused = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      owner = store.commit(owner, commit(round));
      store.deliver(id, item("key-" + round));
      try {
        store.commit(stale, commit(1));
      } catch (StoreException e) {
        refused++;
      }
    }
    return refused;
  }

  @Test
  void what_another_process_changes_is_seen_once_and_told() {
    List<DeploymentId> told = new ArrayList<>();
    store.onChange(told::add);
    try (JdbcStore other = newStore(2)) {
      assertThat(store.lookForChanges()).isEmpty();
      other.create(header(id(1), "group"));
      other.deliver(id(1), new InboxItem("key", Instant.EPOCH, "Stop", "{}"));

      assertThat(store.lookForChanges()).containsExactly(id(1));
      assertThat(store.lookForChanges()).isEmpty();
      assertThat(told).containsExactly(id(1));
    }
  }

  @Test
  void what_another_process_changes_is_seen_after_an_own_write_that_touches_no_rollout() {
    store.create(header(id(1), "group"));
    try (JdbcStore other = newStore(2)) {
      store.write(new GroupPage("web", "group", 1, "{}"));
      other.deliver(id(1), item("key"));

      assertThat(store.lookForChanges()).containsExactly(id(1));
    }
  }

  @Test
  void what_another_process_starts_is_seen_after_the_end_of_a_rollout() {
    end(id(1), "one");
    // Waits until what was over has been swept.
    store.keepSnapshot(id(1), new Snapshot(1, new byte[] {1}));
    try (JdbcStore other = newStore(2)) {
      other.create(header(id(2), "two"));

      assertThat(store.lookForChanges()).containsExactly(id(2));
    }
  }

  @Test
  void what_another_process_changes_is_seen_after_an_own_commit_that_is_refused() {
    store.create(header(id(1), "one"));
    Ownership stale = store.acquire(id(1));
    Ownership unused = store.acquire(id(1));
    try (JdbcStore other = newStore(2)) {
      assertThatThrownBy(() -> store.commit(stale, commit(1))).isInstanceOf(StoreException.class);
      other.deliver(id(1), item("key"));

      assertThat(store.lookForChanges()).containsExactly(id(1));
    }
  }

  @Test
  void what_this_process_changes_need_not_be_looked_for() {
    store.create(header(id(1), "group"));
    store.deliver(id(1), new InboxItem("key", Instant.EPOCH, "Stop", "{}"));

    assertThat(store.lookForChanges()).isEmpty();
  }

  @Test
  void of_finished_rollouts_the_newest_stay_and_the_last_of_each_group() {
    end(id(1), "one");
    end(id(2), "two");
    end(id(3), "two");
    end(id(4), "two");
    end(id(5), "two");
    store.close();
    store = newStore(2);

    assertThat(store.isOver(id(1))).isTrue();
    assertThat(store.isOver(id(4))).isTrue();
    assertThat(store.isOver(id(5))).isTrue();
    assertThat(store.read("web", "two")).isPresent();
    assertThat(store.snapshot(id(2))).isEmpty();
    assertThat(store.snapshot(id(5))).isPresent();
    assertThatThrownBy(() -> store.header(id(2))).hasMessageContaining("there is no deployment");
    assertThatThrownBy(() -> store.header(id(3))).hasMessageContaining("there is no deployment");
  }

  private void end(DeploymentId id, String group) {
    store.create(header(id, group));
    long version = store.read("web", group).map(GroupPage::version).orElse(0L) + 1;
    GroupPage page = new GroupPage("web", group, version, "{}");
    Ownership owner = store.commit(store.acquire(id), commit(1));
    store.keepSnapshot(id, new Snapshot(1, new byte[] {1}));
    store.commit(owner, new Commit(List.of(), List.of(), new Commit.End(page, null)));
  }

  @Test
  void a_key_that_is_settled_takes_no_room() throws SQLException {
    store.create(header(id(1), "group"));
    List.of("a/1", "a/2", "b/1").forEach(key -> store.deliver(id(1), item(key)));
    Ownership owner =
        store.commit(store.acquire(id(1)), new Commit(List.of(), List.of("a/1", "b/1")));

    store.commit(owner, new Commit(List.of(), List.of("a/2"), List.of("a/"), null));

    try (Session session = new Session(database().connect())) {
      assertThat(session.list("SELECT item_key FROM inbox", 0, row -> row.getString(1)))
          .containsExactly("b/1");
    }
  }

  private SqliteDatabase database() {
    return new SqliteDatabase(directory.resolve("slipway.db"));
  }

  private static InboxItem item(String key) {
    return new InboxItem(key, Instant.EPOCH, "Finished", "{}");
  }

  private JdbcStore newStore(int keepFinished) {
    return TestStore.open(directory, keepFinished);
  }

  private static DeploymentId id(int number) {
    return new DeploymentId("d-AAAAAAAA" + number);
  }

  private static RolloutHeader header(DeploymentId id, String group) {
    return new RolloutHeader(id, "web", group, id.value(), null, Instant.EPOCH, "{}");
  }

  private static Commit commit(long sequence) {
    return new Commit(
        List.of(new JournalEntry(sequence, Instant.EPOCH, "HostBack", 1, "{}")), List.of());
  }
}
