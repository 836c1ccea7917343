package dev.slipway.runtime.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of its own, which is small, and full or read-only for real. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class OwnFileSystemTest {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");
  private static final String EVENT = "{\"a\": \"" + "x".repeat(20_000) + "\"}";
  private static final int MORE_THAN_FIT = 1_000;

  @TempDir private Path parent;
  private Path directory;

  @BeforeEach
  void mount() throws Exception {
    directory = Files.createDirectory(parent.resolve("own"));
    assumeTrue(
        System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/bin/mount")),
        "only root may mount a file system");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString()) == 0,
        "no file system can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", directory.toString());
  }

  @Test
  void a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room() throws Exception {
    long kept = 0;
    try (JdbcStore store = TestStore.open(directory, 100)) {
      store.create(header());
      Ownership owner = store.acquire(A);
      StoreException refusal = null;
      while (refusal == null && kept < MORE_THAN_FIT) {
        try {
          store.appendOutput(A, printed(kept));
          owner = store.commit(owner, commit(kept + 1));
          kept++;
        } catch (StoreException e) {
          refusal = e;
        }
      }

      assertThat(refusal)
          .isNotNull()
          .hasMessageMatching(".*slipway.db (cannot grow, its disk is full|cannot be read or).*");
      assertThat(store.journal(A, 0, MORE_THAN_FIT)).hasSize((int) kept).isNotEmpty();

      assertThat(run("mount", "-o", "remount,size=64m", directory.toString())).isZero();
      store.deliver(A, new InboxItem("key", Instant.EPOCH, "Finished", "{}"));
      owner = store.commit(owner, commit(kept + 1));
      assertThat(owner.version()).isEqualTo(kept + 1);
    }
    try (JdbcStore store = TestStore.open(directory, 100)) {
      assertThat(store.journal(A, 0, MORE_THAN_FIT)).hasSize((int) kept + 1);
      assertThat(store.inbox(A, 10)).hasSize(1);
    }
  }

  @Test
  void a_read_only_file_system_is_named_and_what_is_on_it_stays() throws Exception {
    try (JdbcStore store = TestStore.open(directory, 100)) {
      store.create(header());
      store.commit(store.acquire(A), commit(1));
    }
    assertThat(run("mount", "-o", "remount,ro", directory.toString())).isZero();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> EmbeddedRuntime.at(directory).open(new NoTimers(), new NoSupervisor()))
        .withMessageContaining("slipway.db cannot be written: allow it, or choose another")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));

    assertThat(run("mount", "-o", "remount,rw", directory.toString())).isZero();
    try (JdbcStore store = TestStore.open(directory, 100)) {
      assertThat(store.journal(A, 0, 10)).hasSize(1);
    }
  }

  private static RolloutHeader header() {
    return new RolloutHeader(A, "web", "prod", "token", null, Instant.EPOCH, "{}");
  }

  private static Commit commit(long sequence) {
    return new Commit(
        List.of(new JournalEntry(sequence, Instant.EPOCH, "HostBack", 1, EVENT)), List.of());
  }

  private static OutputChunk printed(long line) {
    byte[] text = "what a script prints\n".getBytes(UTF_8);
    return new OutputChunk(
        new HostId("web-1"), LifecycleEvent.INSTALL, 1, line * text.length, text);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
