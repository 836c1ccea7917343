package dev.slipway.host.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Repeats recorded deployments of AWS's agent, see {@code conformance/README.md}: every case goes
 * as it was recorded or, where a list says that it goes otherwise, as the file says that belongs to
 * the list.
 */
public abstract class Conformance {

  private static final Path FOLDER = Path.of("..", "conformance").toAbsolutePath().normalize();
  private static final String RECORDED = "golden.json";

  @TempDir Path scratch;

  /**
   * Returns the lists of cases that go otherwise: the name of each below {@code conformance}, and
   * that of the file in a case's folder that says how. Of several that name a case, the first
   * counts.
   */
  protected abstract Map<String, String> lists();

  /** Returns whether a case is carried out: all of them are, unless there are too many. */
  protected boolean isWanted(String name, int number) {
    return true;
  }

  /** Starts what carries out the deployments. */
  protected abstract CommandServer start() throws IOException;

  /** Returns what may lie in the directory of a deployment besides, separated by commas. */
  protected abstract String besides();

  @TestFactory
  final Stream<DynamicTest> goes_as_recorded() throws Exception {
    assumeMachine();
    Map<String, String> expected = new HashMap<>();
    for (Map.Entry<String, String> list : lists().entrySet()) {
      cases(list.getKey()).forEach(name -> expected.putIfAbsent(name, list.getValue()));
    }
    Map<String, Map<String, Boolean>> verdicts = new TreeMap<>();
    verdicts.put(RECORDED, check(RECORDED));
    for (String other : lists().values()) {
      verdicts.put(other, check(other));
    }
    return verdicts.getOrDefault(RECORDED, Map.of()).entrySet().stream()
        .map(
            verdict -> {
              String name = verdict.getKey();
              String file = expected.getOrDefault(name, RECORDED);
              return file.equals(RECORDED)
                  ? as(name, RECORDED, verdict.getValue())
                  : deviates(name, file, verdict.getValue(), verdicts.getOrDefault(file, Map.of()));
            });
  }

  private DynamicTest as(String name, String file, boolean same) {
    return dynamicTest(
        name, () -> assertThat(same).as(() -> "as in " + file + ":\n" + said(name, file)).isTrue());
  }

  private DynamicTest deviates(
      String name, String file, boolean asRecorded, Map<String, Boolean> verdicts) {
    return dynamicTest(
        name + " (as in " + file + ")",
        () -> {
          assertThat(asRecorded).as("a list has the case, but it went as recorded").isFalse();
          assertThat(verdicts).as("a case of a list has its file").containsKey(name);
          assertThat(verdicts.get(name)).as(() -> "as promised:\n" + said(name, file)).isTrue();
        });
  }

  @TestFactory
  final Stream<DynamicTest> goes_otherwise_only_where_a_case_is() throws IOException {
    Set<String> all = new TreeSet<>();
    for (String list : lists().keySet()) {
      all.addAll(cases(list));
    }
    return all.stream()
        .map(
            name ->
                dynamicTest(
                    name, () -> assertThat(FOLDER.resolve("cases").resolve(name)).exists()));
  }

  /** Returns what the checker said of one case. */
  private String said(String name, String file) {
    String output = read(scratch.resolve(file + ".out"));
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

  private static Set<String> cases(String list) throws IOException {
    try (Stream<String> lines = Files.lines(FOLDER.resolve(list))) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.substring(0, line.indexOf('\t')))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Map<String, Boolean> check(String golden) throws IOException, InterruptedException {
    Path verdicts = scratch.resolve(golden + ".verdicts");
    Path output = scratch.resolve(golden + ".out");
    try (CommandServer server = start()) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "python3",
                  FOLDER.resolve("check.py").toString(),
                  "--cmd",
                  "python3 " + FOLDER.resolve("client.py") + " " + server.port(),
                  "--golden",
                  golden,
                  "--besides",
                  besides(),
                  "--json",
                  verdicts.toString(),
                  "-j",
                  "4"));
      command.addAll(wanted());
      Process checker =
          new ProcessBuilder(command)
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

  private List<String> wanted() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER.resolve("cases"))) {
      List<String> all = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
      return IntStream.range(0, all.size())
          .filter(number -> isWanted(all.get(number), number))
          .mapToObj(all::get)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test on a machine that cannot check recorded deployments. */
  protected static final void assumeMachine() throws IOException {
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
