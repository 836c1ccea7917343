package dev.slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.GroupPage;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} keeps to, and the {@link GroupBooks} that belong to it. A test of a
 * store extends this class and says which store; each test gets a new, empty one.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class StoreContract {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");
  private static final DeploymentId B = new DeploymentId("d-BBBBBBBBB");
  private static final DeploymentId C = new DeploymentId("d-CCCCCCCCC");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");

  /** Makes one. */
  protected StoreContract() {}

  /** Returns the store, the same one throughout a test. */
  protected abstract Store store();

  /** Returns the books that ends of rollouts in this store are entered in. */
  protected abstract GroupBooks books();

  @Test
  void a_header_is_kept_as_it_is() {
    RolloutHeader header =
        new RolloutHeader(A, "web", "prod", "töken", B, NOON, "{\"a\": \"\\n'\u2028\"}");

    store().create(header);

    assertThat(store().header(A)).isEqualTo(header);
  }

  @Test
  void a_client_token_creates_one_rollout_also_after_its_end() {
    RolloutHeader first = store().create(header(A, "token"));

    assertThat(store().create(header(B, "token"))).isEqualTo(first);
    store().commit(store().acquire(A), end(1, null));
    assertThat(store().create(header(B, "token"))).isEqualTo(first);
    assertThat(store().unfinished()).isEmpty();
  }

  @Test
  void an_id_that_was_used_under_another_token_is_refused_in_words() {
    store().create(header(A, "one"));
    assertRefusedAsStarted(() -> store().enqueue(header(A, "two")));
    store().commit(store().acquire(A), end(1, null));

    assertRefusedAsStarted(() -> store().create(header(A, "two")));
    assertRefusedAsStarted(() -> store().enqueue(header(A, "two")));
    assertRefusedAsStarted(
        () -> store().create(new RolloutHeader(A, "api", "test", "one", null, NOON, "{}")));
    assertThat(store().newest(9)).containsExactly(A);
    assertThat(store().header(A)).isEqualTo(header(A, "one"));
  }

  private static void assertRefusedAsStarted(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("deployment d-AAAAAAAAA was started before");
  }

  @Test
  void a_group_has_one_active_rollout() {
    store().create(header(A, "one"));

    assertThatThrownBy(() -> store().create(header(B, "two")))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("already has an active Deployment 'd-AAAAAAAAA'");
    assertThat(store().unfinished()).containsExactly(A);
  }

  @Test
  void a_rollout_may_wait_beside_the_active_one_of_its_group() {
    store().create(header(A, "one"));
    store().create(new RolloutHeader(C, "web", "test", "one", null, NOON, "{}"));

    RolloutHeader waiting = store().enqueue(header(B, "two"));

    assertThat(store().enqueue(header(C, "two"))).isEqualTo(waiting);
    assertThat(store().unfinished("web", "prod")).containsExactly(A, B);
    assertThat(store().unfinished("web", "nowhere")).isEmpty();
    assertThatThrownBy(() -> store().create(header(C, "three")))
        .isInstanceOf(RequestException.class);
    store().commit(store().acquire(A), end(1, null));
    assertThat(store().unfinished("web", "prod")).containsExactly(B);
  }

  @Test
  void the_owner_of_a_rollout_that_has_waited_says_what_it_is_made_of() {
    store().enqueue(header(A, "one"));
    Ownership stranger = store().acquire(A);
    Ownership owner = store().commit(store().acquire(A), commit(1, 1));

    store().specify(owner, "{\"turn\": true}");

    assertThat(store().header(A))
        .isEqualTo(new RolloutHeader(A, "web", "prod", "one", null, NOON, "{\"turn\": true}"));
    assertRefused(Reason.FENCED, () -> store().specify(stranger, "{}"));
    Ownership last = store().commit(store().commit(owner, commit(2, 2)), end(1, null));
    assertRefused(Reason.FENCED, () -> store().specify(last, "{}"));
    assertThat(store().header(A).specification()).isEqualTo("{\"turn\": true}");
  }

  @Test
  void groups_do_not_hinder_each_other() {
    store().create(header(B, "one"));
    store().create(new RolloutHeader(A, "web", "test", "one", null, NOON, "{}"));
    store().create(new RolloutHeader(C, "api", "prod", "one", null, NOON, "{}"));

    assertThat(store().unfinished()).containsExactly(B, A, C);
    assertThat(store().newest(2)).containsExactly(C, A);
    assertThat(store().newest(9)).containsExactly(C, A, B);
  }

  @Test
  void an_unknown_rollout_is_named() {
    assertThatThrownBy(() -> store().header(A))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("there is no deployment d-AAAAAAAAA");
    assertThatThrownBy(() -> store().deliver(A, item("key"))).isInstanceOf(RequestException.class);
    assertThatThrownBy(() -> store().acquire(A)).isInstanceOf(RequestException.class);
    assertThatThrownBy(() -> store().isOver(A)).isInstanceOf(RequestException.class);
  }

  @Test
  void a_second_owner_fences_the_first() {
    store().create(header(A, "one"));
    Ownership first = store().acquire(A);
    Ownership second = store().acquire(A);

    assertRefused(Reason.FENCED, () -> store().commit(first, commit(1, 1)));
    assertThat(store().commit(second, commit(1, 2)).version()).isEqualTo(2);
  }

  @Test
  void a_new_owner_goes_on_where_the_last_one_ended() {
    store().create(header(A, "one"));
    Ownership first = store().commit(store().acquire(A), commit(1, 2));

    Ownership second = store().acquire(A);

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.epoch()).isGreaterThan(first.epoch());
  }

  @Test
  void a_commit_on_an_old_version_changes_nothing() {
    store().create(header(A, "one"));
    store().deliver(A, item("key"));
    Ownership owner = store().acquire(A);
    store().commit(owner, commit(1, 3));

    assertRefused(
        Reason.FENCED,
        () -> store().commit(owner, new Commit(entries(1, 1), List.of("key"), null)));
    assertThat(store().journal(A, 0, 100)).hasSize(3);
    assertThat(store().inbox(A, 10)).hasSize(1);
  }

  @Test
  void a_gap_in_the_events_is_refused() {
    store().create(header(A, "one"));
    Ownership owner = store().acquire(A);

    assertRefused(Reason.FENCED, () -> store().commit(owner, commit(2, 2)));
    assertThat(store().journal(A, 0, 100)).isEmpty();
  }

  @Test
  void the_journal_is_read_in_parts() {
    store().create(header(A, "one"));
    store().commit(store().commit(store().acquire(A), commit(1, 5)), commit(6, 7));

    assertThat(sequences(0, 2)).containsExactly(1L, 2L);
    assertThat(sequences(2, 4)).containsExactly(3L, 4L, 5L, 6L);
    assertThat(sequences(6, 10)).containsExactly(7L);
    assertThat(sequences(7, 10)).isEmpty();
  }

  @Test
  void a_journal_of_thousands_of_events_in_one_commit_is_read_in_parts() {
    store().create(header(A, "one"));
    store().commit(store().acquire(A), commit(1, 3000));

    List<Long> read = new ArrayList<>();
    for (List<Long> part = sequences(0, 700); !part.isEmpty(); part = sequences(last(read), 700)) {
      read.addAll(part);
    }

    assertThat(read).isEqualTo(LongStream.rangeClosed(1, 3000).boxed().toList());
  }

  @Test
  void events_are_kept_as_they_are() {
    store().create(header(A, "one"));
    List<JournalEntry> entries =
        List.of(
            new JournalEntry(1, NOON, "HostLost", 1, "{\"why\": \"tab\\t \u2028 ü '\"}"),
            new JournalEntry(2, Instant.EPOCH, "HostBack", 7, "{\n  \"a\":\t1\r\n}"));

    store().commit(store().acquire(A), new Commit(entries, List.of()));

    assertThat(store().journal(A, 0, 10)).isEqualTo(entries);
  }

  @Test
  void an_inbox_item_is_taken_once_however_often_it_is_delivered() {
    store().create(header(A, "one"));
    InboxItem item = new InboxItem("a/b/'c'", NOON, "Finished", "{\"a\": 1}");
    store().deliver(A, item);
    store().deliver(A, item);

    assertThat(store().inbox(A, 10)).containsExactly(item);
    store().commit(store().acquire(A), new Commit(List.of(), List.of(item.key())));
    store().deliver(A, item);
    assertThat(store().inbox(A, 10)).isEmpty();
  }

  @Test
  void a_key_that_is_settled_need_not_be_remembered_and_others_are() {
    store().create(header(A, "one"));
    List.of("a/1", "a/2", "a/3", "ab").forEach(key -> store().deliver(A, item(key)));
    Commit commit = new Commit(List.of(), List.of("a/1", "a/2", "ab"), List.of("a/"), null);

    store().commit(store().acquire(A), commit);
    List.of("a/1", "a/2", "a/3", "ab").forEach(key -> store().deliver(A, item(key)));

    assertThat(store().inbox(A, 10)).extracting(InboxItem::key).startsWith("a/3");
    assertThat(store().inbox(A, 10)).extracting(InboxItem::key).doesNotContain("ab");
    assertThat(store().inbox(A, 10)).extracting(InboxItem::key).doesNotHaveDuplicates();
  }

  @Test
  void the_latest_snapshot_is_kept() {
    store().create(header(A, "one"));
    store().create(new RolloutHeader(B, "web", "test", "one", null, NOON, "{}"));
    store().commit(store().acquire(A), commit(1, 5));
    assertThat(store().snapshot(A)).isEmpty();

    store().keepSnapshot(A, snapshot(3));
    store().keepSnapshot(A, snapshot(5));
    store().keepSnapshot(A, snapshot(4));

    assertThat(store().snapshot(A)).contains(snapshot(5));
    assertThat(store().snapshot(B)).isEmpty();
  }

  @Test
  void a_snapshot_does_not_run_ahead_of_the_journal() {
    store().create(header(A, "one"));
    store().commit(store().acquire(A), commit(1, 2));
    store().keepSnapshot(A, snapshot(2));

    store().keepSnapshot(A, snapshot(3));

    assertThat(store().snapshot(A)).contains(snapshot(2));
  }

  @Test
  void output_is_kept_as_it_is_and_in_order() {
    store().create(header(A, "one"));
    store().create(new RolloutHeader(B, "web", "test", "one", null, NOON, "{}"));
    OutputChunk first = printed("ü\0\n", 0);
    OutputChunk other =
        new OutputChunk(new HostId("b"), LifecycleEvent.INSTALL, 2, 0, new byte[] {-1, 0});
    OutputChunk second = printed("more", first.end());

    List.of(first, other, second).forEach(chunk -> store().appendOutput(A, chunk));

    assertThat(store().output(A, 0, 10))
        .extracting(KeptOutput::chunk)
        .containsExactly(first, other, second);
    assertThat(store().output(A, 0, 10)).extracting(KeptOutput::place).isSorted();
    assertThat(store().output(B, 0, 10)).isEmpty();
  }

  @Test
  void output_is_read_in_parts() {
    store().create(header(A, "one"));
    List.of(0, 1, 2).forEach(offset -> store().appendOutput(A, printed("x", offset)));

    List<KeptOutput> two = store().output(A, 0, 2);
    List<KeptOutput> rest = store().output(A, two.get(1).place(), 2);

    assertThat(two).hasSize(2);
    assertThat(rest).extracting(piece -> piece.chunk().offset()).containsExactly(2L);
  }

  @Test
  void output_that_is_kept_is_not_kept_again_and_a_gap_stays_visible() {
    store().create(header(A, "one"));
    store().appendOutput(A, printed("abc", 0));
    store().appendOutput(A, printed("abc", 0));
    store().appendOutput(A, printed("bcde", 1));
    store().appendOutput(A, printed("gh", 6));

    assertThat(store().output(A, 0, 10))
        .extracting(KeptOutput::chunk)
        .containsExactly(printed("abc", 0), printed("de", 3), printed("gh", 6));
  }

  @Test
  void an_event_that_prints_too_much_is_cut_and_says_so() {
    store().create(header(A, "one"));
    int limit = (int) OutputLimits.DEFAULT.bytesOfEvent();
    store().appendOutput(A, printed("x".repeat(limit - 1), 0));
    store().appendOutput(A, printed("yz", limit - 1L));
    store().appendOutput(A, printed("z", limit + 1L));

    List<KeptOutput> kept = store().output(A, 0, 10);

    assertThat(kept).extracting(piece -> piece.chunk().size()).containsExactly(limit - 1, 1, 0);
    assertThat(kept).extracting(KeptOutput::cut).containsExactly(false, false, true);
  }

  @Test
  void of_a_rollout_that_prints_too_much_the_latest_output_stays() {
    store().create(header(A, "one"));
    String much = "x".repeat((int) OutputLimits.DEFAULT.bytesOfEvent());
    long most = OutputLimits.DEFAULT.bytesOfRollout() / much.length();
    OutputChunk last = printed("last", 0);
    for (int host = 0; host <= most; host++) {
      HostId id = new HostId("host-" + host);
      store()
          .appendOutput(A, new OutputChunk(id, LifecycleEvent.INSTALL, 1, 0, much.getBytes(UTF_8)));
      // Reading waits until it is kept: a store may drop what comes too fast.
      store().output(A, Long.MAX_VALUE, 1);
    }
    store().appendOutput(A, last);

    List<KeptOutput> kept = store().output(A, 0, 1000);

    assertThat(kept.get(kept.size() - 1).chunk()).isEqualTo(last);
    assertThat(kept.get(0).place()).isGreaterThan(1);
    assertThat(kept.stream().mapToLong(piece -> piece.chunk().size()).sum())
        .isLessThanOrEqualTo(OutputLimits.DEFAULT.bytesOfRollout())
        .isGreaterThan(OutputLimits.DEFAULT.bytesOfRollout() / 2);
  }

  @Test
  void inbox_items_come_in_the_order_of_their_delivery() {
    store().create(header(A, "one"));
    List.of("c", "a", "d", "b").forEach(key -> store().deliver(A, item(key)));
    store().commit(store().acquire(A), new Commit(List.of(), List.of("a")));
    store().deliver(A, item("0"));

    assertThat(store().inbox(A, 3)).extracting(InboxItem::key).containsExactly("c", "d", "b");
    assertThat(store().inbox(A, 10)).extracting(InboxItem::key).endsWith("0").hasSize(4);
  }

  @Test
  void a_rollout_is_over_when_a_commit_says_so() {
    store().create(header(A, "one"));
    store().deliver(A, item("late"));
    store().commit(store().acquire(A), end(1, null));

    assertThat(store().isOver(A)).isTrue();
    assertThat(store().unfinished()).isEmpty();
    assertThat(store().create(header(B, "two")).id()).isEqualTo(B);
  }

  @Test
  void nothing_is_added_to_a_rollout_that_is_over() {
    store().create(header(A, "one"));
    Ownership over = store().commit(store().acquire(A), end(1, null));

    store().deliver(A, item("late"));

    assertThat(store().inbox(A, 10)).isEmpty();
    assertRefused(Reason.FENCED, () -> store().commit(over, commit(1, 1)));
    assertRefused(Reason.FENCED, () -> store().commit(store().acquire(A), end(2, null)));
    assertThat(books().read("web", "prod"))
        .hasValueSatisfying(p -> assertThat(p).isEqualTo(page(1)));
  }

  @Test
  void the_end_enters_the_page_of_the_group_and_creates_the_rollback() {
    store().create(header(A, "one"));
    RolloutHeader rollback = new RolloutHeader(B, "web", "prod", "back", A, NOON, "{}");

    store().commit(store().acquire(A), end(1, rollback));

    assertThat(store().isOver(A)).isTrue();
    assertThat(store().unfinished()).containsExactly(B);
    assertThat(store().header(B)).isEqualTo(rollback);
    assertThat(books().read("web", "prod")).contains(page(1));
    assertThatThrownBy(() -> store().create(header(C, "three")))
        .hasMessageContaining("already has an active Deployment 'd-BBBBBBBBB'");
  }

  @Test
  void an_end_whose_page_does_not_follow_changes_nothing() {
    store().create(header(A, "one"));
    books().write(page(1));
    Ownership owner = store().acquire(A);

    assertRefused(Reason.CONFLICT, () -> store().commit(owner, end(1, header(B, "two"))));
    assertThat(store().isOver(A)).isFalse();
    assertThat(store().unfinished()).containsExactly(A);
    store().commit(owner, end(2, null));
    assertThat(store().isOver(A)).isTrue();
  }

  @Test
  void a_page_of_a_group_is_replaced_by_the_next_version_only() {
    assertThat(books().read("web", "prod")).isEmpty();
    books().write(page(1));
    GroupPage second = new GroupPage("web", "prod", 2, "{\n\"ü\": [1]}\n");
    books().write(second);

    assertRefused(Reason.CONFLICT, () -> books().write(page(2)));
    assertRefused(Reason.CONFLICT, () -> books().write(page(1)));
    assertRefused(Reason.CONFLICT, () -> books().write(page(4)));
    assertThat(books().read("web", "prod")).contains(second);
    assertThat(books().read("web", "test")).isEmpty();
  }

  @Test
  void listeners_hear_of_creation_commits_and_deliveries_until_they_leave() {
    List<DeploymentId> heard = new ArrayList<>();
    Runnable leave = store().onChange(heard::add);
    store().create(header(A, "one"));
    store().commit(store().acquire(A), commit(1, 1));
    store().deliver(A, item("key"));
    assertThat(heard).hasSizeGreaterThanOrEqualTo(3).containsOnly(A);

    leave.run();
    int before = heard.size();
    store().deliver(A, item("other"));

    assertThat(heard).hasSize(before);
  }

  private List<Long> sequences(long after, int limit) {
    return store().journal(A, after, limit).stream().map(JournalEntry::sequence).toList();
  }

  private static long last(List<Long> sequences) {
    return sequences.get(sequences.size() - 1);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static RolloutHeader header(DeploymentId id, String token) {
    return new RolloutHeader(id, "web", "prod", token, null, NOON, "{}");
  }

  private static Snapshot snapshot(long sequence) {
    return new Snapshot(sequence, new byte[] {1, 0, (byte) sequence});
  }

  private static OutputChunk printed(String text, long offset) {
    return new OutputChunk(
        new HostId("a"), LifecycleEvent.AFTER_INSTALL, 1, offset, text.getBytes(UTF_8));
  }

  private static InboxItem item(String key) {
    return new InboxItem(key, NOON, "Finished", "{}");
  }

  private static GroupPage page(long version) {
    return new GroupPage("web", "prod", version, "{\"page\": " + version + "}");
  }

  private static Commit end(long page, @Nullable RolloutHeader rollback) {
    return new Commit(List.of(), List.of(), new Commit.End(page(page), rollback));
  }

  private static Commit commit(long from, long to) {
    return new Commit(entries(from, to), List.of());
  }

  private static List<JournalEntry> entries(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(n -> new JournalEntry(n, NOON, "HostBack", 1, "{\"n\": " + n + "}"))
        .toList();
  }
}
