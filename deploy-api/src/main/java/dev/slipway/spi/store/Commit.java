package dev.slipway.spi.store;

import java.util.List;

/**
 * What one decision changes, all of it or nothing.
 *
 * @param entries the events, in order, which are also the intents of what is done next
 * @param consumed keys of the inbox items that they take into account
 * @param terminal whether the rollout is over with them
 */
public record Commit(List<JournalEntry> entries, List<String> consumed, boolean terminal) {

  /** Copies the lists in. */
  public Commit {
    entries = List.copyOf(entries);
    consumed = List.copyOf(consumed);
  }
}
