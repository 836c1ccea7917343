package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.failure.AppSpecException;
import dev.slipway.host.Rounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, the parser answers, soon, with values or with its own exception. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileInputTest {

  private static final int ROUNDS = 500;
  private static final long SEED = 20261125;

  private static final String SAMPLE =
      """
      version: 0.0
      os: linux
      x-a: &a {source: /app, destination: /opt/app}
      files:
        - *a
        - {<<: [*a], source: "conf\\n", destination: '/etc/app'}
      hooks:
        ApplicationStop: &s
          - location: bin/stop.sh
            timeout: 1:30
            runas: deploy
        AfterInstall: *s
      permissions:
        - object: /opt/app
          except: ["*.sh"]
          mode: 0644
          acls: ["u:bob:rw", d:m:7]
          type: [file]
          context: {user: u, type: t, range: "s0-s1:c0.c5,c7"}
      file_exists_behavior: !!str RETAIN
      """;

  private static final List<String> SCRAPS =
      List.of(
          "&a ",
          "*a",
          "<<: *a",
          "[",
          "]",
          "{",
          "}",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "'",
          "\"",
          "|\n",
          ">\n",
          "!!binary ",
          "!ruby/object:X ",
          "!",
          "? ",
          "%YAML 1.1\n---\n",
          "---\n",
          "...\n",
          "#",
          "2024-01-02",
          "0x",
          "1:2:3",
          ".inf",
          "-.e+1",
          "~",
          "yes",
          ":sym",
          "\0",
          "\uFEFF",
          "\u2028",
          "\u0085",
          "é",
          "𝄞",
          "99999999999999999999",
          "!<tag:slipway.dev,2026:plain> ",
          "\\x00",
          "[\t",
          ":\t ");

  static LongStream seeds() {
    return Rounds.seeds(4, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mutations_of_a_sound_file_end_in_values_or_in_an_error_with_a_place(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      read(mutated(SAMPLE, random));
    }
  }

  /** Returns the text with a few random changes. */
  static byte[] mutated(String sound, Random random) {
    StringBuilder text = new StringBuilder(sound);
    for (int changes = random.nextInt(6); changes >= 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        default -> text.setCharAt(at, (char) random.nextInt(0x180));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void random_bytes_are_no_yaml() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      read(bytes);
    }
  }

  @Test
  void an_alias_bomb_is_refused_or_costs_nothing() {
    StringBuilder text = new StringBuilder(AppSpecs.HEAD + "a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      String below = "*a" + (i - 1);
      text.append("a" + i + ": &a" + i + " [" + below + ", " + below + "]\n");
    }
    read(AppSpecs.bytes(text + "os: *a29\n"));
    read(AppSpecs.bytes(text + "hooks: {AfterInstall: [{location: *a29}]}\n"));
    read(AppSpecs.bytes(text + "permissions: [{object: *a29, mode: *a29}]\n"));
  }

  @Test
  void aliases_of_long_lists_are_counted() {
    String scripts = "x: &x [" + "{location: a},".repeat(5_000) + "]\n";
    StringBuilder hooks = new StringBuilder("hooks:\n");
    for (int i = 0; i < 900; i++) {
      hooks.append("  E" + i + ": *x\n");
    }

    assertThat(AppSpecs.failure(AppSpecs.HEAD + scripts + hooks))
        .hasMessageContaining("more than 200000 keys and items");
  }

  @Test
  void a_map_that_merges_itself_is_refused() {
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "hooks: &h\n  <<: *h\n"))
        .hasMessageContaining("merged into itself");
  }

  @Test
  void a_list_that_holds_itself_is_no_text() {
    assertThat(AppSpecs.failure("version: &v [*v]\nos: linux\n"))
        .hasMessageContaining("an invalid version value ([[[");
  }

  @Test
  void many_tabs_end_quickly() {
    read(AppSpecs.bytes(AppSpecs.HEAD + "x: [" + "\t1,".repeat(100_000) + "]\n"));
    read(AppSpecs.bytes(AppSpecs.HEAD + "\t".repeat(500_000) + "x: 1\n"));
  }

  @Test
  void deep_nesting_is_refused() {
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "x: " + "[".repeat(100_000)))
        .hasMessageContaining("Nesting Depth exceeded max 50");
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "x: " + "{a: ".repeat(100_000))).isNotNull();
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "- ".repeat(100_000))).isNotNull();
  }

  @Test
  void a_file_that_is_too_large_is_refused_and_one_just_below_is_read() {
    assertThat(AppSpecs.failure("#".repeat(YamlDocument.MOST_BYTES + 1)))
        .hasMessageContaining("an AppSpec may have at most 1048576");
    String large = "x".repeat(YamlDocument.MOST_BYTES - 100);
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "x: " + large)).isNull();
    assertThat(AppSpecs.failure("version: " + large).getMessage()).hasSizeLessThan(1_000);
    assertThat(AppSpecs.failure("version: " + large.replace('x', '7')).getMessage())
        .hasSizeLessThan(1_000);
    assertThat(AppSpecs.failure(AppSpecs.HEAD + "hooks: {" + large + ": 5}").describe())
        .hasSizeLessThan(1_000);
    assertThat(
            AppSpecs.failure(AppSpecs.HEAD + "permissions: [{object: /a, acls: ['" + large + "']}]")
                .describe())
        .hasSizeLessThan(2_000);
  }

  /** Reads and checks; fails unless both end as they should. */
  static void read(byte[] file) {
    List<Finding> findings = AppSpecParser.linux().lint("appspec.yml", file);
    try {
      AppSpecParser.linux().parse("appspec.yml", file);
      assertThat(findings)
          .noneMatch(finding -> finding.message().contains("The deployment failed because the"));
    } catch (AppSpecException e) {
      assertThat(findings).contains(Finding.of(e));
      assertThat(e.describe()).startsWith("appspec.yml").hasSizeLessThan(3_000);
    }
  }
}
