package dev.slipway.host.appspec;

import dev.slipway.failure.AppSpecException;
import java.util.Comparator;

/**
 * Something worth saying about an AppSpec.
 *
 * @param severity how bad it is
 * @param file the file's name, as the caller gave it
 * @param line the line, from 1, or 0 when the whole file is meant
 * @param column the column, from 1, or 0 when the whole line is meant
 * @param key the path of the key, for example {@code hooks.ApplicationStart[0].timeout}, or empty
 * @param message one sentence or more; an error starts with the text of CodeDeploy's own agent
 *     where it has one
 */
public record Finding(
    Severity severity, String file, int line, int column, String key, String message)
    implements Comparable<Finding> {

  /** How bad a finding is. */
  public enum Severity {
    /** The deployment fails, or does something that nobody can want. */
    ERROR,
    /** It works, but hardly as meant, or not on every agent. */
    WARNING,
    /** Good to know. */
    NOTE
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt(Finding::line)
          .thenComparingInt(Finding::column)
          .thenComparing(Finding::severity)
          .thenComparing(Finding::key)
          .thenComparing(Finding::message)
          .thenComparing(Finding::file);

  static Finding of(AppSpecException error) {
    return new Finding(
        Severity.ERROR,
        error.file(),
        error.line(),
        error.column(),
        error.key(),
        error.explanation());
  }

  /** Returns file, line, column, severity, key and message in one line. */
  public String describe() {
    String place = line == 0 ? file : file + ":" + line + (column == 0 ? "" : ":" + column);
    String word =
        switch (severity) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case NOTE -> "note";
        };
    return place + ": " + word + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }

  /** Orders by place, and at one place the worst first. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
