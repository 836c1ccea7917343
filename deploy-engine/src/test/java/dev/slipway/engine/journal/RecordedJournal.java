package dev.slipway.engine.journal;

import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.RecordedEvent;
import dev.slipway.spi.store.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal that a release has written: a definition, and then an event to a line.
 *
 * @param name the release, and what happened
 * @param definition what the rollout was made of
 * @param entries its events
 */
public record RecordedJournal(
    String name, RolloutDefinition definition, List<JournalEntry> entries) {

  private static final Path JOURNALS = Path.of("src", "test", "resources", "journals");
  private static final String ENDING = ".jsonl";

  /** Copies the list in. */
  public RecordedJournal {
    entries = List.copyOf(entries);
  }

  /** Returns the journal of that name. */
  public static RecordedJournal named(String name) {
    try {
      List<String> lines = Files.readAllLines(JOURNALS.resolve(name + ENDING));
      return new RecordedJournal(
          name,
          Json.read(lines.get(0), RolloutDefinition.class),
          lines.stream().skip(1).map(line -> Json.read(line, JournalEntry.class)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all of them. */
  static List<RecordedJournal> all() throws IOException {
    try (Stream<Path> files = Files.walk(JOURNALS)) {
      return files
          .map(file -> JOURNALS.relativize(file).toString())
          .filter(file -> file.endsWith(ENDING))
          .sorted()
          .map(file -> named(file.substring(0, file.length() - ENDING.length())))
          .toList();
    }
  }

  /** Returns its events. */
  List<RecordedEvent> events() {
    return entries.stream().map(JournalCodec::decode).toList();
  }

  /** Returns the state after the first events. */
  public RolloutState after(int events) {
    RolloutState state = RolloutState.created(definition);
    for (RecordedEvent recorded : events().subList(0, events)) {
      state = RolloutCore.apply(state, recorded.event(), recorded.at());
    }
    return state;
  }

  @Override
  public String toString() {
    return name;
  }
}
