package dev.slipway.host.exec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.Rounds;
import dev.slipway.host.exec.HostFixture.Bundle;
import dev.slipway.host.plan.LifecycleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a process that deploys two thousand files, in every phase of it, and deploys again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledDeploymentTest {

  private static final int FILES = 2_000;
  private static final int OLD_FILES = 1_000;

  /** A kill may come too late on a busy machine; what it hit instead counts, and it tries again. */
  private static final int ATTEMPTS = 25;

  private static final Map<KilledHost.Phase, Integer> HITS = new EnumMap<>(KilledHost.Phase.class);

  @TempDir static Path shared;
  private static List<String> undisturbed = List.of();

  @TempDir Path scratch;

  static LongStream seeds() {
    return Rounds.seeds(5, 200);
  }

  @BeforeAll
  static void deployUndisturbed() throws IOException {
    write(shared.resolve("old"), OLD_FILES, 7, "old");
    write(shared.resolve("new"), FILES, 5, "new");
    Files.createDirectories(shared.resolve("empty"));
    Files.writeString(shared.resolve("empty/appspec.yml"), "version: 0.0\nos: linux\n");
    HITS.clear();
    try (HostFixture fixture = new HostFixture(shared.resolve("undisturbed"))) {
      deployOld(fixture);
      assertThat(fixture.deploy("d-3", bundle("new"))).isEqualTo(Diagnostics.SUCCEEDED);
      undisturbed = HostFixture.tree(fixture.host);
    }
  }

  @AfterAll
  static void everyPhaseWasHit() {
    System.out.println("kills by phase: " + HITS);
    Set<KilledHost.Phase> aimedAt = EnumSet.noneOf(KilledHost.Phase.class);
    seeds().forEach(seed -> aimedAt.add(target(seed)));
    aimedAt.retainAll(KilledHost.LONG);
    assertThat(HITS.keySet()).containsAll(aimedAt);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_next_deployment_ends_as_if_nobody_had_been_killed(long seed) throws Exception {
    Random random = new Random(seed);
    KilledHost.Phase target = target(seed);
    boolean hit = false;
    for (int attempt = 0; attempt < ATTEMPTS && !hit; attempt++) {
      try (HostFixture fixture = new HostFixture(scratch.resolve("attempt" + attempt))) {
        hit = killAndRepair(fixture, target, random) || !KilledHost.LONG.contains(target);
      }
    }
    assertThat(hit).as("a kill in the phase %s in %d attempts", target, ATTEMPTS).isTrue();
  }

  /** Most kills go to the install, which has most to lose. */
  private static KilledHost.Phase target(long seed) {
    KilledHost.Phase[] turns = {
      KilledHost.Phase.COPY,
      KilledHost.Phase.CLEANUP,
      KilledHost.Phase.DOWNLOAD,
      KilledHost.Phase.HOOK,
      KilledHost.Phase.POINTERS,
      KilledHost.Phase.COPY,
      KilledHost.Phase.CLEANUP
    };
    return turns[(int) Math.floorMod(seed - 1, (long) turns.length)];
  }

  private static boolean killAndRepair(HostFixture fixture, KilledHost.Phase target, Random random)
      throws Exception {
    deployOld(fixture);
    KilledHost host = new KilledHost(fixture.root, fixture.host);
    KilledHost.Phase hit = killWhileDeploying(fixture, host, target, random);
    HITS.merge(hit, 1, Integer::sum);

    assertThat(fixture.deploy("d-3", bundle("new"))).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(HostFixture.tree(fixture.host)).as("killed in %s", hit).isEqualTo(undisturbed);
    assertThat(fixture.deploy("d-4", bundle("empty"))).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(HostFixture.tree(fixture.host))
        .as("killed in %s", hit)
        .containsExactly(" rwxr-xr-x", "foreign rw-r--r-- x");
    return hit == target;
  }

  private static void deployOld(HostFixture fixture) throws IOException {
    Files.writeString(fixture.host.resolve("foreign"), "x");
    assertThat(fixture.deploy("d-1", bundle("old"))).isEqualTo(Diagnostics.SUCCEEDED);
  }

  private static Bundle bundle(String name) {
    return new Bundle(shared.resolve(name));
  }

  /** Writes a revision; destinations start at the directory of the host that it goes to. */
  private static void write(Path directory, int files, int width, String name) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("appspec.yml"),
        """
        version: 0.0
        os: linux
        files:
          - source: tree
            destination: host/srv
        permissions:
          - object: host/srv
            mode: 750
            type: [directory]
        hooks:
          BeforeInstall:
            - location: hook.sh
        """);
    Bundle bundle = new Bundle(directory);
    bundle.script("hook.sh", KilledHost.HOOK);
    for (int i = 0; i < files; i++) {
      String same = i % 10 == 0 ? "same" : name;
      bundle.file("tree/" + i % width + "/" + i % 3 + "/" + same + i, name + " " + i);
    }
  }

  private static KilledHost.Phase killWhileDeploying(
      HostFixture fixture, KilledHost host, KilledHost.Phase target, Random random)
      throws Exception {
    Path fresh = file(random, FILES, 5, "new");
    Path old = file(random, OLD_FILES, 7, "old");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDeploymentTest.class.getName(),
                fixture.host.resolveSibling("").toString(),
                shared.resolve("new").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String events;
    try {
      assertThat(process.getInputStream().read()).isEqualTo('\n');
      while (process.isAlive() && !host.isIn(target, fresh, old)) {
        Thread.onSpinWait();
      }
    } finally {
      // Not by the process itself, which closes what can still be read.
      process.toHandle().destroyForcibly();
      events = new String(process.getInputStream().readAllBytes(), US_ASCII);
      process.waitFor();
    }
    return host.phase(
        events.substring(events.stripTrailing().lastIndexOf('\n') + 1).strip(), FILES);
  }

  /** Returns a file that only one of the two revisions has. */
  private static Path file(Random random, int files, int width, String name) {
    int i = 1 + random.nextInt(files / 10) * 10 + random.nextInt(9);
    return Path.of("" + i % width, "" + i % 3, name + i);
  }

  /** Deploys the new bundle, and says which event comes next; meant to be killed. */
  public static void main(String[] args) throws IOException {
    try (HostFixture fixture = new HostFixture(Path.of(args[0]))) {
      System.out.write('\n');
      for (String event : LifecycleEvents.IN_PLACE) {
        System.out.println(event);
        System.out.flush();
        fixture.run(HostFixture.command(event, "d-2", new Bundle(Path.of(args[1]))));
      }
    }
  }
}
