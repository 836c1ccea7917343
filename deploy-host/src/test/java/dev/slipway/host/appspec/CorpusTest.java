package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.HookScript;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.Permission;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Compares with what the agent's own parser says about AppSpecs from public repositories. These are
 * not part of the project: the system property {@code slipway.shared} names their parent folder.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CorpusTest {

  private static final String PROPERTY = "slipway.shared";

  private static Path folder() {
    String shared = System.getProperty(PROPERTY, "");
    assumeTrue(!shared.isEmpty(), "the system property " + PROPERTY + " is not set");
    return Path.of(shared).resolve("appspec-corpus");
  }

  static LongStream seeds() {
    return Rounds.seeds(2, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mutations_of_real_files_end_in_values_or_in_an_error_with_a_place(long seed) {
    Path folder = folder();
    Random random = new Random(seed);
    assertThat(verdicts(folder.resolve("golden.json")).keySet())
        .allSatisfy(
            name -> {
              String sound = new String(read(folder.resolve(name)), StandardCharsets.UTF_8);
              HostileInputTest.read(HostileInputTest.mutated(sound, random));
            });
  }

  @Test
  void the_agent_and_this_parser_agree() {
    Path folder = folder();
    Map<String, Map<String, Object>> verdicts = verdicts(folder.resolve("golden.json"));

    assertThat(verdicts).isNotEmpty();
    assertThat(verdicts).allSatisfy((name, verdict) -> check(folder.resolve(name), verdict));
  }

  private static void check(Path file, Map<String, Object> verdict) {
    byte[] content = read(file);
    if (Boolean.TRUE.equals(verdict.get("accepted"))) {
      AppSpec appSpec = AppSpecParser.linux().parse(file.toString(), content).forInstall();
      assertThat(describe(appSpec)).isEqualTo(without(verdict, "accepted"));
    } else {
      assertThat(messageOf(file, content)).isEqualTo(verdict.get("message"));
    }
  }

  private static @Nullable String messageOf(Path file, byte[] content) {
    try {
      AppSpecParser.linux().parse(file.toString(), content);
      return "accepted";
    } catch (AppSpecException e) {
      return e.getMessage();
    }
  }

  private static Map<String, @Nullable Object> describe(AppSpec appSpec) {
    Map<String, Object> hooks = new HashMap<>();
    appSpec
        .hooks()
        .forEach(
            (event, scripts) ->
                hooks.put(event, scripts.stream().map(CorpusTest::describe).toList()));
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("os", appSpec.os().name().toLowerCase(Locale.ROOT));
    all.put("hooks", hooks);
    all.put(
        "files",
        appSpec.files().stream()
            .map(file -> Map.of("source", file.source(), "destination", file.destination()))
            .toList());
    all.put(
        "file_exists_behavior",
        appSpec.fileExistsBehavior() == null ? null : appSpec.fileExistsBehavior().name());
    all.put("permissions", appSpec.permissions().stream().map(CorpusTest::describe).toList());
    return all;
  }

  private static Map<String, @Nullable Object> describe(HookScript script) {
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("location", script.location());
    all.put("runas", script.runAs());
    all.put("timeout", (int) script.timeout().toSeconds());
    return all;
  }

  private static Map<String, @Nullable Object> describe(Permission permission) {
    List<String> types = new ArrayList<>();
    for (ObjectType type : ObjectType.values()) {
      if (permission.types().contains(type)) {
        types.add(type.name().toLowerCase(Locale.ROOT));
      }
    }
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("object", permission.object());
    all.put("pattern", permission.pattern());
    all.put("except", permission.except());
    all.put("type", types);
    all.put("owner", permission.owner());
    all.put("group", permission.group());
    all.put("mode", permission.mode());
    return all;
  }

  private static Map<String, Object> without(Map<String, Object> map, String key) {
    Map<String, Object> copy = new HashMap<>(map);
    copy.remove(key);
    return copy;
  }

  /** Reads the verdicts; JSON is YAML. */
  private static Map<String, Map<String, Object>> verdicts(Path file) {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(new String(read(file), StandardCharsets.UTF_8));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
