package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.RecordedEvent;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads where a rollout stands: from the latest snapshot, if there is one that can be read, and the
 * events after it. Not thread-safe.
 */
final class RolloutReader {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutReader.class);
  private static final int ENTRIES_AT_ONCE = 4096;

  private final Store store;
  private final RolloutRecord record;
  private @Nullable RolloutState state;
  private long version;
  private long snapshotAt;

  RolloutReader(Store store, RolloutRecord record) {
    this.store = store;
    this.record = record;
  }

  static RolloutRecord record(Store store, DeploymentId id) {
    return RecordCodec.decode(store.header(id).specification());
  }

  /** Returns the events that there are now. */
  static List<RecordedEvent> events(Store store, DeploymentId id) {
    List<RecordedEvent> events = new ArrayList<>();
    List<JournalEntry> entries;
    do {
      entries = store.journal(id, events.size(), ENTRIES_AT_ONCE);
      entries.forEach(entry -> events.add(JournalCodec.decode(entry)));
    } while (entries.size() == ENTRIES_AT_ONCE);
    return events;
  }

  /** Returns the last event of the snapshot that was used, 0 for none. */
  long snapshotAt() {
    return snapshotAt;
  }

  /** Returns the state after the events that there are now. */
  RolloutState read() {
    RolloutState now = state == null ? first() : state;
    state = now;
    List<JournalEntry> entries;
    do {
      entries = store.journal(record.definition().deployment(), version, ENTRIES_AT_ONCE);
      for (JournalEntry entry : entries) {
        RecordedEvent event = JournalCodec.decode(entry);
        now = RolloutCore.apply(now, event.event(), event.at());
        state = now;
        version = entry.sequence();
      }
    } while (entries.size() == ENTRIES_AT_ONCE);
    return now;
  }

  /** Returns the state that the snapshot holds, or else the one before all events. */
  private RolloutState first() {
    Optional<Snapshot> snapshot = store.snapshot(record.definition().deployment());
    Optional<RolloutState> kept =
        snapshot.flatMap(found -> StateForm.read(record.definition(), found.bytes()));
    if (kept.isPresent()) {
      version = snapshot.orElseThrow().sequence();
      snapshotAt = version;
    } else if (snapshot.isPresent()) {
      LOG.info(
          "deployment={} has a snapshot that this release cannot use; its journal is read from the"
              + " first event",
          record.definition().deployment());
    }
    return kept.orElseGet(() -> RolloutState.created(record.definition()));
  }
}
