package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileCopyTest {

  private static final int ROUNDS = 300;
  private static final int SIZE = 60_000;

  @TempDir Path scratch;

  @Test
  @Timeout(120)
  void never_changes_what_a_link_names_that_was_put_in_the_place_of_a_copy() throws Exception {
    Path source = Files.write(scratch.resolve("source"), new byte[SIZE]);
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2021-02-03T04:05:06Z")));
    Path victim = Files.writeString(scratch.resolve("victim"), "not to be touched");
    Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
    Map<String, Object> before = factsOf(victim);
    for (int i = 0; i < ROUNDS; i++) {
      Files.createSymbolicLink(scratch.resolve("link-" + i), victim);
    }
    FileCopy copy = new FileCopy(true);

    for (int i = 0; i < ROUNDS; i++) {
      Path destination = scratch.resolve("copy-" + i);
      Path link = scratch.resolve("link-" + i);
      Thread attacker = new Thread(() -> replaceWhenThere(destination, link));
      attacker.start();
      try {
        copy.copy(source, destination);
      } catch (IOException e) {
        // So it ends for the copy when the link was there in time.
        assertThat(e).hasMessageContaining(destination.toString());
      }
      attacker.join();
      assertThat(destination).isSymbolicLink();
    }

    assertThat(factsOf(victim)).isEqualTo(before);
    assertThat(victim).hasContent("not to be touched");
  }

  private static Map<String, Object> factsOf(Path file) throws IOException {
    return Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime,ctime");
  }

  private static void replaceWhenThere(Path destination, Path link) {
    while (!Files.exists(destination, LinkOption.NOFOLLOW_LINKS)) {
      Thread.onSpinWait();
    }
    try {
      Files.move(link, destination, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new AssertionError("no link could be put in the place of " + destination, e);
    }
  }
}
