package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.engine.journal.Json;
import dev.slipway.event.RecordedEvent;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Reads where a rollout stands from what is kept of it. Not thread-safe. */
final class RolloutReader {

  private static final int ENTRIES_AT_ONCE = 4096;

  private final Store store;
  private final RolloutRecord record;
  private RolloutState state;
  private long version;

  RolloutReader(Store store, RolloutRecord record) {
    this.store = store;
    this.record = record;
    this.state = RolloutState.created(record.definition());
  }

  static RolloutRecord record(Store store, DeploymentId id) {
    return Json.read(store.header(id).specification(), RolloutRecord.class);
  }

  /** Returns the state after all events. */
  static RolloutState fold(Store store, RolloutRecord record) {
    return new RolloutReader(store, record).read();
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

  /** Returns the state after the events that there are now. */
  RolloutState read() {
    List<JournalEntry> entries;
    do {
      entries = store.journal(record.definition().deployment(), version, ENTRIES_AT_ONCE);
      for (JournalEntry entry : entries) {
        RecordedEvent event = JournalCodec.decode(entry);
        state = RolloutCore.apply(state, event.event(), event.at());
        version = entry.sequence();
      }
    } while (entries.size() == ENTRIES_AT_ONCE);
    return state;
  }
}
