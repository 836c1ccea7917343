package dev.slipway.runtime.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupPage;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class OutputTest {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");
  private static final DeploymentId B = new DeploymentId("d-BBBBBBBBB");

  private static final DeploymentId NEVER_KEPT = new DeploymentId("d-CCCCCCCCC");

  @TempDir private Path directory;

  @Test
  void another_process_reads_what_this_one_has_kept() {
    try (JdbcStore store = open();
        JdbcStore other = open()) {
      store.appendOutput(A, printed("one\n", 0));
      assertThat(store.output(A, 0, 10)).hasSize(1);

      List<KeptOutput> read = other.output(A, 0, 10);
      store.appendOutput(A, printed("two\n", 4));
      assertThat(store.output(A, 0, 10)).hasSize(2);

      assertThat(read).extracting(piece -> piece.chunk().text()).containsExactly("one\n");
      assertThat(other.output(A, read.get(0).place(), 10))
          .extracting(piece -> piece.chunk().text())
          .containsExactly("two\n");
    }
  }

  @Test
  void output_is_there_after_a_restart_and_its_beginning_is_not_kept_twice() {
    try (JdbcStore store = open()) {
      store.appendOutput(A, printed("one\n", 0));
    }
    try (JdbcStore store = open()) {
      store.appendOutput(A, printed("one\ntwo\n", 0));

      assertThat(store.output(A, 0, 10))
          .extracting(piece -> piece.chunk().text())
          .containsExactly("one\n", "two\n");
    }
  }

  @Test
  void output_goes_with_its_rollout_and_so_does_what_was_left_behind() {
    try (JdbcStore store = TestStore.open(directory, 1)) {
      store.appendOutput(NEVER_KEPT, printed("zero\\n", 0));
      store.appendOutput(A, printed("one\n", 0));
      store.appendOutput(B, printed("two\n", 0));
      end(store, A, 1);
      assertThat(store.output(A, 0, 10)).hasSize(1);
      end(store, B, 2);
    }
    try (JdbcStore store = open()) {
      assertThat(store.newest(10)).containsExactly(B);
      assertThat(store.output(NEVER_KEPT, 0, 10)).isEmpty();
      assertThat(store.output(A, 0, 10)).isEmpty();
      assertThat(store.output(B, 0, 10)).hasSize(1);
    }
  }

  @Test
  void limits_are_the_callers() {
    JdbcOutput output = TestStore.output(directory, new OutputLimits(5, 12));
    try (output) {
      for (int host = 1; host <= 4; host++) {
        HostId id = new HostId("web-" + host);
        output.append(
            A, new OutputChunk(id, LifecycleEvent.INSTALL, 1, 0, "12345678".getBytes(UTF_8)));
      }

      List<KeptOutput> kept = output.read(A, 0, 100);
      assertThat(kept.stream().mapToInt(piece -> piece.chunk().size()).sum()).isBetween(5, 12);
      assertThat(kept.get(kept.size() - 1).cut()).isTrue();
      assertThat(kept.get(kept.size() - 1).chunk().host()).isEqualTo(new HostId("web-4"));
    }
  }

  @Test
  void damaged_output_harms_no_rollout_and_is_named_to_who_wants_it() throws IOException {
    Files.writeString(directory.resolve("output.db"), "x".repeat(5_000));
    try (JdbcStore store = open()) {
      store.create(header(A));
      store.appendOutput(A, printed("one\n", 0));
      Ownership owner = store.acquire(A);

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.output(A, 0, 10))
          .withMessageContaining("output.db is damaged or no database: restore a copy, or move it")
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
      assertThat(store.commit(owner, new Commit(List.of(), List.of())).version()).isZero();
    }
  }

  @Test
  void a_store_that_was_closed_keeps_no_output_and_says_so_to_who_wants_it() {
    JdbcStore store = open();
    store.close();

    store.appendOutput(A, printed("late", 0));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.output(A, 0, 10))
        .withMessageContaining("the store is closed");
  }

  private JdbcStore open() {
    return TestStore.open(directory, 100);
  }

  private static void end(JdbcStore store, DeploymentId id, long page) {
    store.create(header(id));
    GroupPage next = new GroupPage("web", "prod", page, "{}");
    store.commit(store.acquire(id), new Commit(List.of(), List.of(), new Commit.End(next, null)));
  }

  private static RolloutHeader header(DeploymentId id) {
    return new RolloutHeader(id, "web", "prod", id.value(), null, Instant.EPOCH, "{}");
  }

  private static OutputChunk printed(String text, long offset) {
    return new OutputChunk(
        new HostId("web-1"), LifecycleEvent.INSTALL, 1, offset, text.getBytes(UTF_8));
  }
}
