package dev.slipway.engine.store;

import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.OutputLimits;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One rollout in memory. Not thread-safe: guarded by its store. */
final class StoredRollout {

  private RolloutHeader header;
  private final List<JournalEntry> journal = new ArrayList<>();
  private final Map<String, InboxItem> inbox = new LinkedHashMap<>();
  private final NavigableSet<String> delivered = new TreeSet<>();
  private final StoredOutput output;
  private @Nullable Snapshot snapshot;
  private long epoch;
  private boolean terminal;

  StoredRollout(RolloutHeader header, OutputLimits limits) {
    this.header = header;
    this.output = new StoredOutput(limits);
  }

  RolloutHeader header() {
    return header;
  }

  boolean isTerminal() {
    return terminal;
  }

  Ownership acquire() {
    epoch++;
    return new Ownership(header.id(), epoch, journal.size());
  }

  void specify(Ownership ownership, String specification) {
    checkOwner(ownership);
    header =
        new RolloutHeader(
            header.id(),
            header.application(),
            header.deploymentGroup(),
            header.clientToken(),
            header.rollbackOf(),
            header.createdAt(),
            specification);
  }

  /** Throws unless the commit may follow. */
  void check(Ownership ownership, Commit commit) {
    checkOwner(ownership);
    long next = journal.size() + 1L;
    for (JournalEntry entry : commit.entries()) {
      if (entry.sequence() != next) {
        throw InMemoryStore.fenced(
            header.id(), "event " + next + " must follow, but " + entry.sequence() + " was given");
      }
      next++;
    }
  }

  private void checkOwner(Ownership ownership) {
    if (ownership.epoch() != epoch) {
      throw InMemoryStore.fenced(
          header.id(), "epoch is " + epoch + ", but the caller's was " + ownership.epoch());
    }
    if (ownership.version() != journal.size()) {
      throw InMemoryStore.fenced(
          header.id(),
          "version is " + journal.size() + ", but the caller's was " + ownership.version());
    }
    if (terminal) {
      throw InMemoryStore.fenced(header.id(), "it is over");
    }
  }

  Ownership commit(Commit commit) {
    journal.addAll(commit.entries());
    commit.consumed().forEach(inbox::remove);
    commit.settled().forEach(this::forget);
    if (commit.end() != null) {
      terminal = true;
      inbox.clear();
      delivered.clear();
    }
    return new Ownership(header.id(), epoch, journal.size());
  }

  /** Only what has been consumed is forgotten. */
  private void forget(String beginning) {
    for (Iterator<String> keys = delivered.tailSet(beginning).iterator(); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(beginning)) {
        return;
      }
      if (!inbox.containsKey(key)) {
        keys.remove();
      }
    }
  }

  List<JournalEntry> journal(long after, int limit) {
    int from = (int) Math.min(Math.max(after, 0), journal.size());
    return List.copyOf(journal.subList(from, (int) Math.min((long) from + limit, journal.size())));
  }

  void keepSnapshot(Snapshot next) {
    boolean isLater = snapshot == null || next.sequence() > snapshot.sequence();
    if (isLater && next.sequence() <= journal.size()) {
      snapshot = next;
    }
  }

  Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  StoredOutput output() {
    return output;
  }

  void deliver(InboxItem item) {
    if (!terminal && delivered.add(item.key())) {
      inbox.put(item.key(), item);
    }
  }

  List<InboxItem> inbox(int limit) {
    return inbox.values().stream().limit(limit).toList();
  }
}
