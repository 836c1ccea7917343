package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NamedPipesTest {

  @Test
  void every_script_has_pipes_of_its_own_that_only_their_account_can_reach() throws Exception {
    Set<Path> seen = new HashSet<>();
    try (NamedPipes pipes = new NamedPipes()) {
      for (int i = 0; i < 20; i++) {
        try (NamedPipes.Pair pair = pipes.take()) {
          assertThat(seen.add(pair.out())).isTrue();
          assertThat(seen.add(pair.err())).isTrue();
          assertThat(Files.readAttributes(pair.out(), "unix:mode").get("mode")).isEqualTo(0010666);
          assertThat(
                  PosixFilePermissions.toString(Files.getPosixFilePermissions(directoryOf(pair))))
              .isEqualTo("rwx------");
        }
      }
    }
    assertThat(seen).allSatisfy(pipe -> assertThat(pipe.resolveSibling("")).doesNotExist());
  }

  @Test
  void pipes_in_use_outlive_the_others_and_are_removed_by_their_user() throws Exception {
    NamedPipes pipes = new NamedPipes();
    NamedPipes.Pair used = pipes.take();

    pipes.close();

    assertThat(used.out()).exists();
    used.close();
    assertThat(directoryOf(used)).doesNotExist();
  }

  @Test
  void none_are_kept_once_it_is_closed() throws Exception {
    NamedPipes pipes = new NamedPipes();
    pipes.close();

    NamedPipes.Pair late = pipes.take();
    assertThat(late.err()).exists();
    late.close();

    assertThat(directoryOf(late)).doesNotExist();
  }

  @Test
  void pipes_that_somebody_has_removed_are_made_anew() throws Exception {
    try (NamedPipes pipes = new NamedPipes()) {
      Path directory;
      try (NamedPipes.Pair first = pipes.take()) {
        directory = directoryOf(first);
      }
      Retention.deleteTree(directory);

      try (NamedPipes.Pair next = pipes.take()) {
        assertThat(next.out()).exists();
        assertThat(next.err()).exists();
        assertThat(directoryOf(next)).isNotEqualTo(directory);
      }
    }
  }

  @Test
  void those_of_a_process_that_was_killed_are_removed_by_the_next(@TempDir Path temporary)
      throws Exception {
    Process killed = new ProcessBuilder("sleep", "100").start();
    Path left = temporary.resolve(NamedPipes.nameFor(killed.toHandle()) + "1");
    killed.destroyForcibly().onExit().join();
    Path living = temporary.resolve(NamedPipes.nameFor(ProcessHandle.current()) + "1");
    Path reused = temporary.resolve("slipway-pipes-" + ProcessHandle.current().pid() + "-1000-1");
    Path other = temporary.resolve("slipway-pipes-of-somebody");
    for (Path directory : List.of(left, living, reused, other)) {
      Files.createFile(Files.createDirectory(directory).resolve("out-0"));
    }

    try (NamedPipes pipes = new NamedPipes(temporary);
        NamedPipes.Pair pair = pipes.take()) {
      assertThat(pair.out()).exists();
    }

    assertThat(left).doesNotExist();
    assertThat(reused).doesNotExist();
    assertThat(living.resolve("out-0")).exists();
    assertThat(other.resolve("out-0")).exists();
  }

  private static Path directoryOf(NamedPipes.Pair pair) {
    return pair.out().resolveSibling("");
  }
}
