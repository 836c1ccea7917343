import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads Surefire's reports and lists the skipped tests; fails when one is not expected, or when
 * there are no reports. Usage: {@code java CheckSkips.java ALLOWED DIRECTORY}.
 *
 * <p>A line of the file ALLOWED is a regular expression, {@code " # "} and a reason. It is looked
 * for in {@code class.method: why it was skipped}.
 */
final class CheckSkips {

  private int tests;
  private final List<String> skipped = new ArrayList<>();

  private CheckSkips() {}

  public static void main(String[] args) throws Exception {
    List<Pattern> allowed = allowed(Path.of(args[0]));
    CheckSkips check = new CheckSkips();
    for (Path report : reports(Path.of(args[1]))) {
      check.read(report);
    }
    List<String> unexpected =
        check.skipped.stream()
            .filter(skip -> allowed.stream().noneMatch(each -> each.matcher(skip).find()))
            .toList();
    System.out.printf("%d tests, %d skipped%n", check.tests, check.skipped.size());
    check.skipped.stream().filter(skip -> !unexpected.contains(skip)).map("  "::concat).forEach(System.out::println);
    if (check.tests == 0) {
      System.err.println("No test has run: Surefire left no reports");
      System.exit(1);
    }
    if (!unexpected.isEmpty()) {
      System.err.println("Skipped without a line in " + args[0] + ":");
      unexpected.forEach(skip -> System.err.println("  " + skip));
      System.exit(1);
    }
  }

  private static List<Pattern> allowed(Path file) throws IOException {
    List<Pattern> patterns = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int reason = line.indexOf(" # ");
      if (reason < 0) {
        throw new IllegalArgumentException(file + ": a line needs \" # \" and a reason: " + line);
      }
      patterns.add(Pattern.compile(line.substring(0, reason).strip()));
    }
    return patterns;
  }

  private static List<Path> reports(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().matches(".*/target/surefire-reports/TEST-.*[.]xml"))
          .sorted()
          .toList();
    }
  }

  private void read(Path report) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      tests++;
      Element test = (Element) cases.item(i);
      NodeList skips = test.getElementsByTagName("skipped");
      if (skips.getLength() > 0) {
        Element skip = (Element) skips.item(0);
        // An aborted assumption is told in the text, a switched-off test in the attribute.
        String why = (skip.getAttribute("message") + " " + skip.getTextContent()).strip();
        why = why.lines().findFirst().orElse("");
        skipped.add(test.getAttribute("classname") + "." + test.getAttribute("name") + ": " + why);
      }
    }
  }
}
