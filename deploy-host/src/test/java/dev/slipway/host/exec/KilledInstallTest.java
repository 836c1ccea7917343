package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.exec.HostFixture.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a process that deploys, wherever it happens to be, and deploys again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledInstallTest {

  private static final int FILES = 2_000;

  /** About as long as a deployment of so many files takes. */
  private static final int MOST_MILLIS = 1_500;

  @TempDir Path scratch;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("slipway.rounds", 5));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_next_deployment_ends_as_if_nobody_had_been_killed(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> undisturbed;
    try (HostFixture fixture = new HostFixture(scratch.resolve("undisturbed"))) {
      deployOld(fixture);
      assertThat(fixture.deploy("d-3", newBundle(fixture))).isEqualTo(Diagnostics.SUCCEEDED);
      undisturbed = HostFixture.tree(fixture.host);
    }

    Path disturbed = scratch.resolve("disturbed");
    try (HostFixture fixture = new HostFixture(disturbed)) {
      deployOld(fixture);
      Bundle bundle = newBundle(fixture);
      killWhileDeploying(disturbed, random.nextInt(MOST_MILLIS));

      assertThat(fixture.deploy("d-3", bundle)).isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(HostFixture.tree(fixture.host)).isEqualTo(undisturbed);
      assertThat(fixture.deploy("d-4", fixture.bundle("empty", "files: []\n")))
          .isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(HostFixture.tree(fixture.host))
          .containsExactly(" rwxr-xr-x", "foreign rw-r--r-- x");
    }
  }

  private static void deployOld(HostFixture fixture) throws IOException {
    Files.writeString(fixture.host.resolve("foreign"), "x");
    Bundle old = fixture.bundle("old", "files:\n  - source: tree\n    destination: '{host}/srv'\n");
    for (int i = 0; i < FILES / 2; i++) {
      old.file("tree/" + i % 7 + "/old" + i, "old");
    }
    assertThat(fixture.deploy("d-1", old)).isEqualTo(Diagnostics.SUCCEEDED);
  }

  private static Bundle newBundle(HostFixture fixture) throws IOException {
    Bundle bundle =
        fixture.bundle("new", "files:\n  - source: tree\n    destination: '{host}/srv'\n");
    for (int i = 0; i < FILES; i++) {
      bundle.file("tree/" + i % 5 + "/" + i % 3 + "/new" + i, "new " + i);
    }
    return bundle;
  }

  private static void killWhileDeploying(Path scratch, int milliseconds) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledInstallTest.class.getName(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('!');
    process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  /** Deploys the new bundle; meant to be killed. */
  public static void main(String[] args) throws IOException {
    try (HostFixture fixture = new HostFixture(Path.of(args[0]))) {
      Bundle bundle = new Bundle(Path.of(args[0], "bundles", "new"));
      System.out.write('!');
      System.out.flush();
      fixture.deploy("d-2", bundle);
    }
  }
}
