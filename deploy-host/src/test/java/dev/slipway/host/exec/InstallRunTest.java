package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.appspec.SelinuxContext;
import dev.slipway.host.plan.Instruction;
import dev.slipway.host.plan.Instruction.Chmod;
import dev.slipway.host.plan.Instruction.Copy;
import dev.slipway.host.plan.Instruction.Mkdir;
import dev.slipway.host.plan.Instruction.Semanage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs that are large enough for files to wait for each other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InstallRunTest {

  private static final int DIRECTORIES = 30;
  private static final int FILES = 50;

  @TempDir Path scratch;
  private Path source;
  private Path target;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<String> listed = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void plan() throws IOException {
    source = Files.writeString(scratch.resolve("source"), "content");
    target = scratch.resolve("srv");
    mkdir("");
    for (int directory = 0; directory < DIRECTORIES; directory++) {
      mkdir("/d" + directory);
      for (int file = 0; file < FILES; file++) {
        copy("/d" + directory + "/f" + file, false);
      }
    }
  }

  private void mkdir(String below) {
    instructions.add(new Mkdir(target + below));
    listed.add(target + below);
  }

  private void copy(String below, boolean replaces) {
    instructions.add(new Copy(source.toString(), target + below, false, replaces));
    listed.add(target + below);
  }

  private Path list() {
    return scratch.resolve("cleanup");
  }

  private void run() throws IOException {
    OutputListener listener =
        new OutputListener() {
          @Override
          public void wrote(String text) {}

          @Override
          public void progressed(long done, long total) {
            progress.add(done + " of " + total);
          }
        };
    try (CleanupJournal journal = new CleanupJournal(list())) {
      new InstallRun(instructions, journal, false, listener).run();
    }
  }

  @Test
  void lists_what_it_makes_in_the_order_of_the_plan() throws IOException {
    run();

    assertThat(Files.readAllLines(list())).isEqualTo(listed);
    assertThat(listed).allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void counts_each_step_once() throws IOException {
    run();

    int total = instructions.size();
    assertThat(progress).hasSize(total / 100 + 1).endsWith(total + " of " + total);
  }

  @Test
  void sets_the_mode_of_a_file_that_has_waited() throws IOException {
    String last = target + "/d" + (DIRECTORIES - 1) + "/f" + (FILES - 1);
    instructions.add(new Chmod("0711", last));

    run();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(last))))
        .isEqualTo("rwx--x--x");
  }

  @Test
  void sets_no_context_that_the_list_cannot_hold() throws IOException {
    Path elsewhere = Files.createDirectory(scratch.resolve("a\n"));
    Files.createSymbolicLink(scratch.resolve("link"), elsewhere);
    Path file = scratch.resolve("link/file");
    instructions.clear();
    instructions.add(new Copy(source.toString(), file.toString(), false, false));
    instructions.add(
        new Semanage(new SelinuxContext(null, "httpd_sys_content_t", null), file.toString()));

    assertThatThrownBy(this::run)
        .isInstanceOf(HostCommandFailedException.class)
        .hasMessageContaining("/a\\n/file) holds a line break");

    assertThat(Files.readAllLines(list())).containsExactly(file.toString());
  }

  @Test
  void writes_below_a_link_before_a_file_takes_its_place() throws IOException {
    Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
    Files.createDirectory(target);
    instructions.remove(0);
    Files.createSymbolicLink(target.resolve("link"), elsewhere);
    copy("/link/file", false);
    copy("/link", true);

    run();

    assertThat(elsewhere.resolve("file")).hasContent("content");
    assertThat(target.resolve("link")).isRegularFile().hasContent("content");
  }

  @Test
  void copies_the_files_before_a_directory_that_cannot_be_made() throws IOException {
    instructions.add(new Mkdir(source.toString()));

    assertThatThrownBy(this::run).isInstanceOf(FileAlreadyExistsException.class);

    assertThat(Files.readAllLines(list())).isEqualTo(listed);
    assertThat(listed).allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void fails_with_the_file_when_a_directory_behind_it_cannot_be_made_either() {
    Path missing = scratch.resolve("missing");
    instructions.add(new Copy(missing.toString(), target + "/file", false, false));
    instructions.add(new Mkdir(source.toString()));

    assertThatThrownBy(this::run)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.toString());
  }
}
