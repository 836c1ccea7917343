package dev.slipway.host.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why the operating system will not start a script, found out before it is asked: it would not say
 * that an interpreter is missing, or that a carriage return is why.
 *
 * @param error the error's name
 * @param message what it means
 * @param hint what to do about it, or empty
 */
public record StartProblem(String error, String message, String hint) {

  /** It is a directory. */
  public static final StartProblem DIRECTORY =
      new StartProblem("Errno::EACCES", "Permission denied", "");

  /** Its interpreter is not on the host. */
  public static final StartProblem NO_INTERPRETER =
      new StartProblem("Errno::ENOENT", "No such file or directory", "");

  /** Its interpreter is not on the host, because of a carriage return behind its name. */
  public static final StartProblem CARRIAGE_RETURN =
      new StartProblem(
          NO_INTERPRETER.error(),
          NO_INTERPRETER.message(),
          " (its first line ends in a carriage return: save it with Unix line ends)");

  private static final int FIRST_LINE = 256;

  /** Returns the problem of the script, if it has one. */
  static Optional<StartProblem> of(Path script) throws IOException {
    if (Files.isDirectory(script)) {
      return Optional.of(DIRECTORY);
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(script)) {
      start = in.readNBytes(FIRST_LINE);
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("#!")) {
      return Optional.empty();
    }
    int end = text.indexOf('\n');
    String line = text.substring(2, end < 0 ? text.length() : end);
    String interpreter = line.strip().split("[ \t]", 2)[0];
    if (line.endsWith("\r")) {
      interpreter = line.stripLeading().split("[ \t]", 2)[0];
    }
    if (interpreter.isEmpty() || Files.exists(Path.of(interpreter))) {
      return Optional.empty();
    }
    return Optional.of(line.endsWith("\r") ? CARRIAGE_RETURN : NO_INTERPRETER);
  }

  /**
   * Returns the message for a script.
   *
   * @param script its path on the host
   */
  public String text(String script) {
    return message + " - " + script + hint;
  }
}
