package dev.slipway.host.exec;

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
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InstallPropertiesTest {

  private static final int MOST_FILES = 30;

  @TempDir Path scratch;

  static LongStream seeds() {
    return Rounds.seeds(8, 800);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void an_empty_revision_after_any_other_leaves_the_host_as_it_was(long seed) throws Exception {
    Random random = new Random(seed);
    try (HostFixture fixture = new HostFixture(scratch)) {
      fillHost(fixture.host, random);
      List<String> before = HostFixture.tree(fixture.host);
      String listsBefore = accessLists(fixture.host);
      Bundle empty = fixture.bundle("empty", "files: []\n");

      for (int i = 0; i < 3; i++) {
        Bundle some = randomBundle(fixture, "b" + i, random);
        assertThat(fixture.deploy("d-" + i, some)).isEqualTo(Diagnostics.SUCCEEDED);
      }
      Diagnostics end = fixture.deploy("d-last", empty);

      assertThat(end).isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(HostFixture.tree(fixture.host)).isEqualTo(before);
      assertThat(accessLists(fixture.host)).isEqualTo(listsBefore);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_installed_depends_on_the_last_revision_only(long seed) throws Exception {
    Random random = new Random(seed);
    try (HostFixture once = new HostFixture(Files.createDirectory(scratch.resolve("once")));
        HostFixture often = new HostFixture(Files.createDirectory(scratch.resolve("often")))) {
      fillHost(once.host, new Random(seed));
      fillHost(often.host, new Random(seed));
      for (int i = 0; i < 3; i++) {
        often.deploy("d-" + i, randomBundle(often, "b" + i, random));
      }

      once.deploy("d-9", randomBundle(once, "last", new Random(-seed)));
      often.deploy("d-9", randomBundle(often, "last", new Random(-seed)));

      assertThat(HostFixture.tree(often.host)).isEqualTo(HostFixture.tree(once.host));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_old_revision_repairs_what_a_failed_install_has_left(long seed) throws Exception {
    Random random = new Random(seed);
    try (HostFixture fixture = new HostFixture(scratch)) {
      fillHost(fixture.host, random);
      Bundle good = randomBundle(fixture, "good", random);
      fixture.deploy("d-1", good);
      List<String> before = HostFixture.tree(fixture.host);
      Bundle bad = randomBundle(fixture, "bad", random);
      Files.writeString(
          bad.directory().resolve("appspec.yml"),
          """
          version: 0.0
          os: linux
          file_exists_behavior: RETAIN
          files:
            - source: tree
              destination: '%1$s'
          permissions:
            - object: '%1$s/always'
              owner: nosuchuser
              type: [file]
          """
              .formatted(fixture.host));

      assertThat(fixture.deploy("d-2", bad).message()).isEqualTo("can't find user for nosuchuser");
      assertThat(fixture.deploy("d-3", good)).isEqualTo(Diagnostics.SUCCEEDED);
      assertThat(HostFixture.tree(fixture.host)).isEqualTo(before);
    }
  }

  /** Makes what no bundle brings, in directories that some bundles bring. */
  private static void fillHost(Path host, Random random) throws IOException {
    for (int i = 0; i < random.nextInt(8); i++) {
      Path file = host.resolve(directory(random)).resolve("foreign" + i);
      Files.createDirectories(file.getParent());
      switch (random.nextInt(5)) {
        case 0 -> Files.createSymbolicLink(file, Path.of(random.nextBoolean() ? ".." : "nowhere"));
        case 1 -> Files.createDirectory(file);
        default -> Files.writeString(file, "foreign " + i);
      }
      if (!Files.isSymbolicLink(file)) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr-x---" : "rwx------"));
      }
    }
    // One that every bundle brings too, and must not take over.
    Path retained = Files.createDirectories(host.resolve("kept")).resolve("retained");
    Files.writeString(retained, "mine");
    if (accessListsWork(host) && random.nextBoolean()) {
      setAccess(host.resolve("kept"), "u:daemon:rwx,d:g:daemon:rx");
      setAccess(retained, "u:daemon:r");
    }
  }

  private static void setAccess(Path path, String entries) throws IOException {
    Tool.Result result =
        Tool.runWithoutInterruption(List.of("setfacl", "-m", entries, path.toString()));
    assertThat(result.status()).as(result.output()).isZero();
  }

  private static boolean accessListsWork(Path host) throws IOException {
    String probe = Files.writeString(host.resolveSibling("probe"), "").toString();
    return Tool.runWithoutInterruption(List.of("setfacl", "-m", "u:daemon:r", probe)).status() == 0;
  }

  /** Returns every access control list of the host, nothing where there are none. */
  private static String accessLists(Path host) throws IOException {
    return accessListsWork(host)
        ? Tool.runWithoutInterruption(List.of("getfacl", "-RpPn", host.toString())).output()
        : "";
  }

  private static Bundle randomBundle(HostFixture fixture, String name, Random random)
      throws IOException {
    StringBuilder appSpec = new StringBuilder("file_exists_behavior: RETAIN\nfiles:\n");
    appSpec.append("  - source: tree\n    destination: '{host}'\n");
    if (random.nextBoolean()) {
      appSpec.append(
          "permissions:\n  - object: '{host}'\n    mode: 750\n    type: [file, directory]\n");
      if (accessListsWork(fixture.host) && random.nextBoolean()) {
        appSpec.append("    acls: ['u:daemon:rw', 'm::rwx']\n");
      }
    }
    Bundle bundle = fixture.bundle(name, appSpec.toString());
    bundle.file("tree/always", name);
    bundle.file("tree/kept/retained", name);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < random.nextInt(MOST_FILES); i++) {
      String path = "tree/" + directory(random) + "/" + odd(random) + i;
      names.add(path);
      bundle.file(path, "content " + random.nextInt());
    }
    if (!names.isEmpty()) {
      String target = names.get(random.nextInt(names.size()));
      Files.createSymbolicLink(
          bundle.directory().resolve("tree/link"), Path.of(target.substring("tree/".length())));
    }
    return bundle;
  }

  private static String directory(Random random) {
    List<String> parts = List.of("a", "b c", "é", ".hidden");
    StringBuilder path = new StringBuilder(parts.get(random.nextInt(parts.size())));
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(parts.get(random.nextInt(parts.size())));
    }
    return path.toString();
  }

  private static String odd(Random random) {
    List<String> names = List.of("f", " f", "-f", "$(f)", "f'", "ü", "*");
    return names.get(random.nextInt(names.size()));
  }
}
