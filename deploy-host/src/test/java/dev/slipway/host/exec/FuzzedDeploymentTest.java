package dev.slipway.host.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.Rounds;
import dev.slipway.host.exec.HostFixture.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deploys hostile revisions to a host below a host root: they succeed or fail as a deployment does,
 * and touch nothing outside of it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzedDeploymentTest {

  private static final int DEPLOYMENTS = 6;

  @TempDir Path scratch;

  static LongStream seeds() {
    return Rounds.seeds(20, 2_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_hostile_revision_ends_like_any_other_and_stays_on_its_host(long seed) throws IOException {
    Random random = new Random(seed);
    Path outsideTop = scratch.resolve("outside");
    Path outside = Files.createDirectories(outsideTop.resolve("directory"));
    Files.writeString(outside.resolve("file"), "precious");
    Path sandbox = Files.createDirectories(scratch.resolve("sandbox"));
    Path hostRoot = Files.createDirectories(scratch.resolve("hostroot"));
    Files.createDirectories(hostRoot.resolve("srv/there"));
    Files.writeString(hostRoot.resolve("srv/there/foreign"), "mine");
    List<String> host = HostFixture.tree(hostRoot);
    List<String> witness = witness(outsideTop);
    List<String> top = names(scratch);

    try (HostFixture fixture = new HostFixture(sandbox, hostRoot.toString())) {
      for (int i = 0; i < DEPLOYMENTS; i++) {
        Diagnostics end = fixture.deploy("d-" + i, hostile(sandbox, i, outside, random));
        assertThat(end.message()).doesNotContain("Exception").doesNotContain("java.");
        assertThat(witness(outsideTop)).as(end.toString()).isEqualTo(witness);
      }
      Diagnostics end = fixture.deploy("d-last", fixture.bundle("empty", ""));

      assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(HostFixture.tree(hostRoot)).isEqualTo(host);
      assertThat(witness(outsideTop)).isEqualTo(witness);
      assertThat(names(scratch)).isEqualTo(top);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Returns what is there with when it was changed. */
  private static List<String> witness(Path top) throws IOException {
    List<String> lines = new ArrayList<>(HostFixture.tree(top));
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : (Iterable<Path>) all.sorted()::iterator) {
        lines.add(path + " " + Files.getAttribute(path, "unix:ctime"));
      }
    }
    return lines;
  }

  private static Bundle hostile(Path sandbox, int number, Path outside, Random random)
      throws IOException {
    Bundle bundle = new Bundle(Files.createDirectories(sandbox.resolve("hostile/b" + number)));
    for (int i = 0; i < 2 + random.nextInt(8); i++) {
      Path place = bundle.directory().resolve(pick(random, "tree", "tree/a", "conf", "."));
      Files.createDirectories(place);
      Path path = place.resolve(pick(random, "a", "b", "file", "link", " blank ", "-rf", "ü") + i);
      if (random.nextInt(3) == 0) {
        Files.createSymbolicLink(path, Path.of(pick(random, targets(outside))));
      } else {
        Files.writeString(path, "content " + i);
        if (random.nextInt(4) == 0) {
          Files.setAttribute(path, "unix:mode", random.nextInt(010000));
        }
      }
    }
    Files.createDirectories(bundle.directory().resolve("tree"));
    Path hook = bundle.directory().resolve("hook.sh");
    Files.writeString(hook, "#!/bin/sh\n:\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(bundle.directory().resolve("appspec.yml"), appSpec(outside, random));
    return bundle;
  }

  private static String[] targets(Path outside) {
    return new String[] {
      outside.toString(),
      outside + "/file",
      outside + "/new",
      "../../../../outside/directory",
      "..",
      "../..",
      "/",
      ".",
      "tree",
      "../tree",
      "nowhere",
      "a0"
    };
  }

  private static byte[] appSpec(Path outside, Random random) {
    StringBuilder text = new StringBuilder("version: 0.0\nos: linux\n");
    text.append("file_exists_behavior: ")
        .append(pick(random, "DISALLOW", "RETAIN", "DISALLOW", "''"))
        .append("\nfiles:\n");
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append("  - source: '").append(pick(random, sources(outside))).append("'\n");
      text.append("    destination: '").append(pick(random, destinations())).append("'\n");
    }
    text.append("permissions:\n");
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append("  - object: '").append(pick(random, destinations())).append("'\n");
      text.append("    pattern: '").append(pick(random, "**", "*", "a*", "")).append("'\n");
      text.append("    type: [").append(pick(random, "file", "directory", "file, directory"));
      text.append("]\n    mode: ").append(pick(random, "777", "4755", "000", "640")).append("\n");
      if (random.nextInt(3) == 0) {
        text.append("    owner: ").append(pick(random, "root", "nobody", "nosuch", "'0'"));
        text.append("\n");
      }
    }
    text.append("hooks:\n  BeforeInstall:\n    - location: '")
        .append(pick(random, "hook.sh", "hook.sh", outside + "/file", "../../x", "tree", "nosuch"))
        .append("'\n");
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static String[] sources(Path outside) {
    return new String[] {
      "tree",
      "/",
      "",
      "tree/a",
      "tree/a0",
      "conf",
      "../../..",
      outside + "/file",
      "a0",
      "link0",
      "tree/../.."
    };
  }

  private static String[] destinations() {
    return new String[] {
      "/srv",
      "/srv/there",
      "/srv/there/foreign",
      "/srv/a0",
      "/srv/link0/below",
      "/../../../outside/directory",
      "../outside/directory",
      "/srv/../../outside",
      "//srv//x/./y/",
      "relative",
      "~nosuch/x",
      "/",
      "/srv/" + "n".repeat(300)
    };
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
