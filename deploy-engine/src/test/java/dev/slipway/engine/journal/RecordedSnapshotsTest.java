package dev.slipway.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.StateForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshots that releases have written, of the journals that they have written: {@code
 * RELEASE/JOURNAL-SEQUENCE.snapshot}. They are never changed.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedSnapshotsTest {

  private static final Path SNAPSHOTS = Path.of("src", "test", "resources", "snapshots");
  private static final String ENDING = ".snapshot";

  static List<Path> snapshots() throws IOException {
    try (Stream<Path> files = Files.walk(SNAPSHOTS)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void a_recorded_snapshot_says_what_its_journal_says_or_is_not_read(Path file) throws IOException {
    String name = SNAPSHOTS.relativize(file).toString();
    int dash = name.lastIndexOf('-');
    RecordedJournal journal = RecordedJournal.named(name.substring(0, dash));
    int sequence = Integer.parseInt(name.substring(dash + 1, name.length() - ENDING.length()));

    Optional<RolloutState> read = StateForm.read(journal.definition(), Files.readAllBytes(file));

    read.ifPresent(state -> assertThat(state).isEqualTo(journal.after(sequence)));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void a_snapshot_of_this_release_is_read(Path file) throws IOException {
    byte[] form = Files.readAllBytes(file);
    String name = SNAPSHOTS.relativize(file).toString();
    RecordedJournal journal = RecordedJournal.named(name.substring(0, name.lastIndexOf('-')));
    byte version = StateForm.write(RolloutState.created(journal.definition()))[0];

    assertThat(StateForm.read(journal.definition(), form).isPresent())
        .isEqualTo(form[0] == version);
  }
}
