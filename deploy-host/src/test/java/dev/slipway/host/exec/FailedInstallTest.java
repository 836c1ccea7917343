package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.LifecycleEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailedInstallTest {

  /** So many that files wait for each other, and that progress is told before the first copy. */
  private static final int DIRECTORIES = 200;

  @TempDir Path scratch;

  @Test
  void what_somebody_puts_in_the_way_meanwhile_is_never_removed_as_if_it_were_the_installs()
      throws Exception {
    try (HostFixture fixture = new HostFixture(scratch)) {
      HostFixture.Bundle large =
          fixture.bundle("large", "files:\n  - source: tree\n    destination: {host}/srv\n");
      for (int i = 0; i < DIRECTORIES; i++) {
        large.file("tree/d" + i + "/f", "content");
      }
      HostFixture.Bundle empty = fixture.bundle("empty", "");
      Path others = fixture.host.resolve("srv/d0/f");
      fixture.run(HostFixture.command(LifecycleEvents.DOWNLOAD_BUNDLE, "d-1", large));

      Diagnostics end =
          fixture
              .executor
              .run(HostFixture.command(LifecycleEvents.INSTALL, "d-1", large), new Meddler(others))
              .diagnostics();

      assertThat(end.isSuccess()).isFalse();
      assertThat(Files.readString(Path.of(fixture.options.layout().cleanupFile("g"))))
          .doesNotContain(others + "\n")
          .contains(others.resolveSibling("").toString());
      assertThat(fixture.deploy("d-2", empty).isSuccess()).isTrue();
      assertThat(others).hasContent("somebody else's");
      assertThat(fixture.host.resolve("srv/d1")).doesNotExist();
    }
  }

  /** Puts a file where the install is about to put one. */
  private record Meddler(Path others) implements OutputListener {

    @Override
    public void wrote(String text) {}

    @Override
    public void progressed(long done, long total) {
      try {
        Files.writeString(others, "somebody else's");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
