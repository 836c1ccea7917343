package dev.slipway.engine.journal;

import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEvent;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.JournalEntry;

/** Events as entries of the journal, and back. */
public final class JournalCodec {

  private static final int SCHEMA_VERSION = 1;

  private JournalCodec() {}

  /** Returns the event as it is kept. */
  public static JournalEntry encode(RecordedEvent event) {
    return new JournalEntry(
        event.sequence(),
        event.at(),
        event.event().kind(),
        SCHEMA_VERSION,
        Json.write(event.event()));
  }

  /**
   * Returns the event of an entry.
   *
   * @throws StoreException with reason TOO_NEW if a newer release wrote it, CORRUPT if nobody did
   */
  public static RecordedEvent decode(JournalEntry entry) {
    Class<? extends RolloutEvent> kind =
        EventKinds.named(entry.type())
            .filter(known -> entry.schemaVersion() <= SCHEMA_VERSION)
            .orElseThrow(
                () ->
                    new StoreException(
                        Reason.TOO_NEW,
                        "event "
                            + entry.type()
                            + " version "
                            + entry.schemaVersion()
                            + " is of a newer release: use that one"));
    RolloutEvent event =
        FrequentEvents.read(kind, entry.json()).orElseGet(() -> Json.read(entry.json(), kind));
    return new RecordedEvent(entry.sequence(), entry.at(), event);
  }
}
