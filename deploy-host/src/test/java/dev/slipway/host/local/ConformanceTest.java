package dev.slipway.host.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Repeats recorded deployments of AWS's agent, see {@code conformance/README.md}: every case goes
 * as it was recorded, or, where {@code deviations.tsv} says that we do better, as {@code ours.json}
 * says.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformanceTest {

  private static final Path FOLDER = Path.of("..", "conformance").toAbsolutePath().normalize();

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicTest> goes_as_recorded() throws Exception {
    assumeMachine();
    Set<String> deviations = deviations();
    Map<String, Boolean> recorded = check("golden.json");
    Map<String, Boolean> ours = check("ours.json");
    String output = Files.readString(scratch.resolve("golden.json.out"));
    String ourOutput = Files.readString(scratch.resolve("ours.json.out"));
    return recorded.entrySet().stream()
        .map(
            verdict ->
                deviations.contains(verdict.getKey())
                    ? deviates(verdict.getKey(), verdict.getValue(), ours, ourOutput)
                    : asRecorded(verdict.getKey(), verdict.getValue(), output));
  }

  private static DynamicTest asRecorded(String name, boolean same, String output) {
    return dynamicTest(
        name, () -> assertThat(same).as(() -> "as recorded:\n" + of(name, output)).isTrue());
  }

  private static DynamicTest deviates(
      String name, boolean same, Map<String, Boolean> ours, String output) {
    return dynamicTest(
        name + " (does better)",
        () -> {
          assertThat(same).as("deviations.tsv has the case, but it went as recorded").isFalse();
          assertThat(ours).as("a deviation has an ours.json").containsKey(name);
          assertThat(ours.get(name)).as(() -> "as promised:\n" + of(name, output)).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> deviates_only_where_a_case_is() throws IOException {
    return deviations().stream()
        .map(
            name ->
                dynamicTest(
                    name, () -> assertThat(FOLDER.resolve("cases").resolve(name)).exists()));
  }

  /** Returns what the checker says of one case. */
  private static String of(String name, String output) {
    int start = output.indexOf("FAIL " + name);
    if (start < 0) {
      return "(nothing)";
    }
    int end =
        Stream.of("\nFAIL ", "\nok ")
            .mapToInt(next -> output.indexOf(next, start + 1))
            .filter(found -> found >= 0)
            .min()
            .orElse(output.length());
    return output.substring(start, end);
  }

  private static Set<String> deviations() throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve("deviations.tsv"))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.substring(0, line.indexOf('\t')))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Map<String, Boolean> check(String golden) throws IOException, InterruptedException {
    Path verdicts = scratch.resolve(golden + ".verdicts");
    Path output = scratch.resolve(golden + ".out");
    try (CommandServer server = new CommandServer()) {
      Process checker =
          new ProcessBuilder(
                  "python3",
                  FOLDER.resolve("check.py").toString(),
                  "--cmd",
                  "python3 " + FOLDER.resolve("client.py") + " " + server.port(),
                  "--golden",
                  golden,
                  "--json",
                  verdicts.toString(),
                  "-j",
                  "4")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(new File("/dev/null"))
              .start();
      checker.waitFor();
    }
    assertThat(verdicts).as(() -> read(output)).exists();
    Map<?, ?> document =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(verdicts));
    Map<String, Boolean> found = new TreeMap<>();
    document.forEach((name, same) -> found.put((String) name, (Boolean) same));
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assumeMachine() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("user.name").equals("root"),
        "recorded deployments need root on Linux");
    for (String tool : List.of("python3", "setfacl", "sudo", "tar", "zip", "unzip")) {
      assumeTrue(isInstalled(tool), "recorded deployments need " + tool);
    }
    assumeTrue(has("/etc/passwd", "deployer"), "recorded deployments need a user deployer");
    assumeTrue(has("/etc/group", "deploygrp"), "recorded deployments need a group deploygrp");
  }

  private static boolean isInstalled(String tool) {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
  }

  private static boolean has(String database, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(database))) {
      return lines.anyMatch(line -> line.startsWith(name + ":"));
    }
  }
}
