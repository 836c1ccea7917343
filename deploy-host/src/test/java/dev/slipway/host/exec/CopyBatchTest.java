package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.host.plan.Instruction.Copy;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CopyBatchTest {

  private static final int FILES = 1_000;
  private static final Instant TIME = Instant.parse("2021-02-03T04:05:06.123456789Z");

  @TempDir Path scratch;
  private Path from;
  private Path to;
  private final CopyBatch batch = new CopyBatch(false, FILES);

  @BeforeEach
  void fill() throws IOException {
    from = Files.createDirectory(scratch.resolve("from"));
    to = Files.createDirectory(scratch.resolve("to"));
    for (int i = 0; i < FILES; i++) {
      Path file = Files.writeString(from.resolve("f" + i), "content " + i);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode(i)));
      Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(i)));
      batch.add(new Copy(file.toString(), to.resolve("f" + i).toString(), false, false));
    }
  }

  /** The first is what most umasks take something of, and all files that have it are in a row. */
  private static String mode(int number) {
    return number < FILES / 2 ? "rw-rw-rw-" : number % 2 == 0 ? "rwxr-x---" : "r--r--r--";
  }

  @Test
  void copies_every_file_with_its_mode_and_time() throws IOException {
    assertThat(batch.isFull()).isTrue();

    assertThat(batch.copyAll()).isEqualTo(FILES);

    assertThat(batch.isFull()).isFalse();
    for (int i = 0; i < FILES; i++) {
      Path copy = to.resolve("f" + i);
      assertThat(copy).hasContent("content " + i);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo(mode(i));
      assertThat(Files.getLastModifiedTime(copy))
          .isEqualTo(Files.getLastModifiedTime(from.resolve("f" + i)));
    }
  }

  @Test
  void copies_nothing_twice() throws IOException {
    batch.copyAll();

    assertThat(batch.copyAll()).isZero();
  }

  @Test
  void fails_as_the_first_file_does_and_copies_all_before_it() throws IOException {
    Files.delete(from.resolve("f700"));
    Files.delete(from.resolve("f301"));

    assertThatThrownBy(batch::copyAll)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(from.resolve("f301").toString());

    for (int i = 0; i < 301; i++) {
      assertThat(to.resolve("f" + i)).hasContent("content " + i);
    }
  }

  @Test
  void never_writes_over_what_is_there_meanwhile() throws IOException {
    Files.createSymbolicLink(to.resolve("f10"), scratch.resolve("elsewhere"));

    assertThatThrownBy(batch::copyAll).isInstanceOf(IOException.class);

    assertThat(scratch.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void tells_where_it_made_nothing_and_whose_place_was_taken() throws IOException {
    Path others = Files.writeString(to.resolve("f700"), "somebody else's");

    assertThatThrownBy(batch::copyAll).isInstanceOf(FileAlreadyExistsException.class);

    assertThat(others).hasContent("somebody else's");
    assertThat(batch.untouched()).contains(others.toString());
    for (int i = 0; i < FILES; i++) {
      Path copy = to.resolve("f" + i);
      if (!copy.equals(others)) {
        assertThat(batch.untouched().contains(copy.toString()))
            .as(copy.toString())
            .isEqualTo(Files.notExists(copy));
      }
    }
  }

  @Test
  void ends_when_its_thread_is_interrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(batch::copyAll).isInstanceOf(ClosedByInterruptException.class);

    assertThat(Thread.interrupted()).isTrue();
  }
}
