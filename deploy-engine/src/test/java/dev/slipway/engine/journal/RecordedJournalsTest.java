package dev.slipway.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.spi.store.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  private static final Path JOURNALS = Path.of("src", "test", "resources", "journals");

  static List<Path> journals() throws IOException {
    try (Stream<Path> files = Files.walk(JOURNALS)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("journals")
  void a_recorded_journal_still_leads_to_its_end(Path journal) throws IOException {
    List<String> lines = Files.readAllLines(journal);
    RolloutState state = RolloutState.created(Json.read(lines.get(0), RolloutDefinition.class));

    for (RecordedEvent recorded : events(lines)) {
      state = RolloutCore.apply(state, recorded.event(), recorded.at());
    }

    assertThat(state.ended()).isEqualTo(events(lines).get(lines.size() - 2).event());
    assertThat(state.ended())
        .extracting(RolloutEnded::status, RolloutEnded::overview)
        .containsExactly(state.status(), state.overview());
  }

  @ParameterizedTest
  @MethodSource("journals")
  void an_event_is_written_as_it_was_recorded(Path journal) throws IOException {
    List<String> lines = Files.readAllLines(journal);

    for (String line : lines.subList(1, lines.size())) {
      JournalEntry entry = Json.read(line, JournalEntry.class);
      assertThat(JournalCodec.encode(JournalCodec.decode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void every_kind_of_event_is_recorded() throws IOException {
    Set<String> kinds = new HashSet<>();
    for (Path journal : journals()) {
      events(Files.readAllLines(journal)).forEach(recorded -> kinds.add(recorded.event().kind()));
    }

    assertThat(kinds).hasSize(EventKinds.count());
  }

  private static List<RecordedEvent> events(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> JournalCodec.decode(Json.read(line, JournalEntry.class)))
        .toList();
  }
}
