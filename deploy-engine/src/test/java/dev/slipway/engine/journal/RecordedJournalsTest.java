package dev.slipway.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.spi.store.JournalEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals that releases have written, one directory to a release: a definition, and then an event
 * to a line. They are never changed; every later release must read them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedJournalsTest {

  static List<RecordedJournal> journals() throws IOException {
    return RecordedJournal.all();
  }

  @ParameterizedTest
  @MethodSource("journals")
  void a_recorded_journal_still_leads_to_its_end(RecordedJournal journal) {
    List<RecordedEvent> events = journal.events();
    RolloutState state = journal.after(events.size());

    assertThat(state.ended()).isEqualTo(events.get(events.size() - 1).event());
    assertThat(state.ended())
        .extracting(RolloutEnded::status, RolloutEnded::overview)
        .containsExactly(state.status(), state.overview());
  }

  @ParameterizedTest
  @MethodSource("journals")
  void an_event_is_written_as_it_was_recorded(RecordedJournal journal) {
    for (JournalEntry entry : journal.entries()) {
      assertThat(JournalCodec.encode(JournalCodec.decode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void every_kind_of_event_is_recorded() throws IOException {
    Set<String> kinds = new HashSet<>();
    for (RecordedJournal journal : journals()) {
      journal.events().forEach(recorded -> kinds.add(recorded.event().kind()));
    }

    assertThat(kinds).hasSize(EventKinds.count());
  }
}
