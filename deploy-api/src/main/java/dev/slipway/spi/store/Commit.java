package dev.slipway.spi.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision changes, all of it or nothing.
 *
 * @param entries the events, in order, which are also the intents of what is done next
 * @param consumed keys of the inbox items that they take into account
 * @param settled beginnings of keys that need not be remembered any more: whatever is delivered
 *     under such a key again is taken into account without effect, because the events say so
 * @param end what else is so when the rollout is over with them, or null when it goes on
 */
public record Commit(
    List<JournalEntry> entries, List<String> consumed, List<String> settled, @Nullable End end) {

  /** Copies the lists in. */
  public Commit {
    entries = List.copyOf(entries);
    consumed = List.copyOf(consumed);
    settled = List.copyOf(settled);
  }

  /** Makes one that settles nothing. */
  public Commit(List<JournalEntry> entries, List<String> consumed, @Nullable End end) {
    this(entries, consumed, List.of(), end);
  }

  /** Makes one of a rollout that goes on. */
  public Commit(List<JournalEntry> entries, List<String> consumed) {
    this(entries, consumed, List.of(), null);
  }

  /**
   * The end of a rollout. Since its group learns of it together with the store, each rollout is
   * entered once, and an older one never after a newer one.
   *
   * @param page what the group's book says from now on
   * @param rollback the rollout that follows by itself, to be created, or null
   */
  public record End(GroupPage page, @Nullable RolloutHeader rollback) {}
}
