package dev.slipway.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemoryStoreTest {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");
  private static final DeploymentId B = new DeploymentId("d-BBBBBBBBB");

  private final InMemoryStore store = new InMemoryStore();

  @Test
  void a_client_token_creates_one_rollout() {
    RolloutHeader first = store.create(header(A, "token", null));

    RolloutHeader again = store.create(header(B, "token", null));

    assertThat(again).isEqualTo(first);
    assertThat(store.unfinished()).containsExactly(A);
  }

  @Test
  void a_group_has_one_active_rollout() {
    store.create(header(A, "one", null));

    assertThatThrownBy(() -> store.create(header(B, "two", null)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("already has an active Deployment 'd-AAAAAAAAA'");
  }

  @Test
  void a_rollback_may_begin_before_the_rollout_that_it_follows_is_over() {
    store.create(header(A, "one", null));

    store.create(header(B, "two", A));

    assertThat(store.unfinished()).containsExactly(A, B);
  }

  @Test
  void a_second_owner_fences_the_first() {
    store.create(header(A, "one", null));
    Ownership first = store.acquire(A);
    Ownership second = store.acquire(A);

    assertThatThrownBy(() -> store.commit(first, commit(1, 1)))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.FENCED));
    assertThat(store.commit(second, commit(1, 2)).version()).isEqualTo(2);
  }

  @Test
  void a_commit_on_an_old_version_changes_nothing() {
    store.create(header(A, "one", null));
    Ownership owner = store.acquire(A);
    store.commit(owner, commit(1, 3));

    assertThatThrownBy(() -> store.commit(owner, commit(1, 1))).isInstanceOf(StoreException.class);
    assertThat(store.journal(A, 0, 100)).hasSize(3);
  }

  @Test
  void the_journal_is_read_in_parts() {
    store.create(header(A, "one", null));
    store.commit(store.acquire(A), commit(1, 5));

    assertThat(store.journal(A, 0, 2)).extracting(JournalEntry::sequence).containsExactly(1L, 2L);
    assertThat(store.journal(A, 2, 10))
        .extracting(JournalEntry::sequence)
        .containsExactly(3L, 4L, 5L);
    assertThat(store.journal(A, 5, 10)).isEmpty();
  }

  @Test
  void an_inbox_item_is_taken_once_however_often_it_is_delivered() {
    store.create(header(A, "one", null));
    InboxItem item = new InboxItem("key", Instant.EPOCH, "Finished", "{}");
    store.deliver(A, item);
    store.deliver(A, item);

    assertThat(store.inbox(A, 10)).containsExactly(item);
    store.commit(store.acquire(A), new Commit(List.of(), List.of("key"), false));
    store.deliver(A, item);
    assertThat(store.inbox(A, 10)).isEmpty();
  }

  @Test
  void a_rollout_is_over_when_a_commit_says_so() {
    store.create(header(A, "one", null));
    store.commit(store.acquire(A), new Commit(List.of(), List.of(), true));

    assertThat(store.isOver(A)).isTrue();
    assertThat(store.unfinished()).isEmpty();
    assertThat(store.create(header(B, "two", null)).id()).isEqualTo(B);
  }

  @Test
  void listeners_hear_of_commits_and_deliveries_until_they_leave() {
    List<DeploymentId> heard = new ArrayList<>();
    Runnable leave = store.onChange(heard::add);
    store.create(header(A, "one", null));
    store.commit(store.acquire(A), commit(1, 1));
    store.deliver(A, new InboxItem("key", Instant.EPOCH, "Finished", "{}"));

    leave.run();
    store.deliver(A, new InboxItem("other", Instant.EPOCH, "Finished", "{}"));

    assertThat(heard).containsExactly(A, A);
  }

  private static RolloutHeader header(
      DeploymentId id, String token, @Nullable DeploymentId rollbackOf) {
    return new RolloutHeader(id, "web", "prod", token, rollbackOf, Instant.EPOCH, "{}");
  }

  private static Commit commit(long from, long to) {
    return new Commit(
        LongStream.rangeClosed(from, to)
            .mapToObj(n -> new JournalEntry(n, Instant.EPOCH, "HostBack", 1, "{}"))
            .toList(),
        List.of(),
        false);
  }
}
