package dev.slipway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Keeps the table of sharp edges honest: what it says is tested must be. */
@NullMarked
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostBehaviourTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path CASES = PROJECT.resolve("conformance/cases");

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern LATER =
      Pattern.compile("(?:^|[:;] ?)(the agent|the service)(?:$|;)");

  /** A row: what stands in the first column, and in the last. */
  private record Row(String number, String tests) {

    List<String> named() {
      Matcher matcher = QUOTED.matcher(tests);
      List<String> named = new ArrayList<>();
      while (matcher.find()) {
        named.add(matcher.group(1));
      }
      return named;
    }
  }

  private static List<Row> rows() throws IOException {
    try (Stream<String> lines = Files.lines(PROJECT.resolve("docs/host-behaviour.md"))) {
      return lines
          .filter(line -> line.startsWith("| ") && !line.startsWith("| #"))
          .filter(line -> !line.startsWith("| Key"))
          .map(line -> line.split("\\|", -1))
          .map(cells -> new Row(cells[1].strip(), cells[cells.length - 2].strip()))
          .toList();
    }
  }

  @Test
  void every_sharp_edge_has_its_row() throws IOException {
    List<String> numbers =
        rows().stream().map(Row::number).filter(number -> number.matches("[0-9.]+")).toList();

    assertThat(numbers)
        .containsExactlyElementsOf(
            Stream.concat(
                    IntStream.rangeClosed(1, 76).mapToObj(Integer::toString),
                    IntStream.rangeClosed(1, 20).mapToObj(number -> "2." + number))
                .toList());
  }

  @Test
  void every_row_names_a_test_or_what_it_waits_for() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(!row.named().isEmpty() || LATER.matcher(row.tests()).find())
                    .as(row.toString())
                    .isTrue());
  }

  @Test
  void every_named_test_is_there() throws IOException {
    Map<String, String> sources = testSources();

    assertThat(rows().stream().flatMap(row -> row.named().stream()))
        .allMatch(name -> isThere(name, sources));
  }

  private static boolean isThere(String name, Map<String, String> sources) {
    if (Character.isDigit(name.charAt(0))) {
      return Files.exists(CASES.resolve(name).resolve("case.json"));
    }
    int hash = name.indexOf('#');
    String type = hash < 0 ? name : name.substring(0, hash);
    String source = sources.getOrDefault(type, "");
    return hash < 0 ? !source.isEmpty() : source.contains(" " + name.substring(hash + 1) + "(");
  }

  /** Returns the sources of all modules' tests by the names of their classes. */
  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files = Files.find(PROJECT, 20, (path, about) -> isTest(path))) {
      Map<String, String> sources = new TreeMap<>();
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
      return sources;
    }
  }

  private static boolean isTest(Path path) {
    String inside = PROJECT.relativize(path).toString();
    return inside.contains("src/test/java/")
        && (inside.endsWith("Test.java") || inside.endsWith("Contract.java"));
  }

  @Test
  void every_deviation_is_in_the_table() throws IOException {
    Set<String> numbers = rows().stream().map(Row::number).collect(Collectors.toSet());
    Set<String> used = new TreeSet<>();
    try (Stream<String> lines = Files.lines(PROJECT.resolve("conformance/deviations.tsv"))) {
      lines
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> used.add(line.split("\t", -1)[1]));
    }

    assertThat(numbers).containsAll(used);
  }
}
