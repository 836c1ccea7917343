package dev.slipway.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a command prints and what it knows of its surroundings. Tests make their own.
 *
 * @param out results
 * @param err problems and notices
 * @param environment the variables of the process; {@value #TERMINAL} is set by the starting script
 *     when {@code out} is a terminal, to its rows and columns
 */
public record Console(PrintWriter out, PrintWriter err, Map<String, String> environment) {

  private static final String TERMINAL = "SLIPWAY_TERMINAL";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
  private static final int LEAST_WIDTH = 40;
  private static final int LEAST_HEIGHT = 8;

  /** Copies the variables in. */
  public Console {
    environment = Map.copyOf(environment);
  }

  static Console ofProcess() {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return new Console(out, err, System.getenv());
  }

  /** Says whether a person watches a terminal that can move its cursor. */
  public boolean isTerminal() {
    return environment.containsKey(TERMINAL) && !"dumb".equals(environment.get("TERM"));
  }

  /** Says whether colours may be used: in a terminal, unless NO_COLOR is set (no-color.org). */
  public boolean isColoured() {
    return isTerminal() && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Returns the columns of the terminal, at least {@value #LEAST_WIDTH}. */
  public int width() {
    return Math.max(LEAST_WIDTH, size(2, 80));
  }

  /** Returns the lines of the terminal, at least {@value #LEAST_HEIGHT}. */
  public int height() {
    return Math.max(LEAST_HEIGHT, size(1, 24));
  }

  private int size(int group, int otherwise) {
    Matcher size = SIZE.matcher(environment.getOrDefault(TERMINAL, ""));
    return size.matches() ? Integer.parseInt(size.group(group)) : otherwise;
  }
}
