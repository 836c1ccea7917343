package dev.slipway.host.appspec;

import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.Finding.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where readers say what is wrong. When parsing, the first error ends the reading, as it does in
 * CodeDeploy's own agent; when checking, errors are gathered and reading goes on.
 */
final class Problems {

  /** What a check says at most: nobody reads more. */
  private static final int MOST_FINDINGS = 500;

  /** How many keys and items are read at most, each alias counted with all that it stands for. */
  private static final int MOST_ITEMS = 200_000;

  private final String file;
  private final boolean gathering;
  private final List<Finding> findings = new ArrayList<>();
  private int items;
  private int errors;
  private @Nullable AppSpecException installProblem;

  private Problems(String file, boolean gathering) {
    this.file = file;
    this.gathering = gathering;
  }

  /** Makes one that throws the first error. */
  static Problems throwing(String file) {
    return new Problems(file, false);
  }

  /** Makes one that keeps all errors. */
  static Problems gathering(String file) {
    return new Problems(file, true);
  }

  String file() {
    return file;
  }

  /** Returns all that was found, in the order of the file. */
  List<Finding> findings() {
    List<Finding> sorted = new ArrayList<>(findings);
    Collections.sort(sorted);
    return sorted;
  }

  @Nullable AppSpecException installProblem() {
    return installProblem;
  }

  /** Returns how many errors there were: lints keep silent about what is wrong anyway. */
  int errors() {
    return errors;
  }

  /** Says that the deployment fails. */
  void error(@Nullable Node at, KeyPath key, String message) {
    error(at, key, message, "");
  }

  /** Says that the deployment fails, and what would be right. */
  void error(@Nullable Node at, KeyPath key, String message, String hint) {
    AppSpecException error = fatal(at, key, message, hint);
    if (!gathering) {
      throw error;
    }
    add(error);
  }

  /** Says that {@code Install} fails, though hooks that come before it run. */
  void errorAtInstall(Node at, KeyPath key, String message, String hint) {
    AppSpecException error = fatal(at, key, message, hint);
    if (gathering) {
      add(error);
    } else if (installProblem == null) {
      installProblem = error;
    }
  }

  /**
   * Says that nobody can mean this, though it works: an error for a check, a warning at a
   * deployment.
   */
  void mistake(Node at, KeyPath key, String message) {
    add(gathering ? Severity.ERROR : Severity.WARNING, at, key, message);
  }

  /** Says that it works, but hardly as meant, or not on every agent. */
  void warning(@Nullable Node at, KeyPath key, String message) {
    add(Severity.WARNING, at, key, message);
  }

  /** Says something good to know. */
  void note(Node at, KeyPath key, String message) {
    add(Severity.NOTE, at, key, message);
  }

  /** Counts one key or item, and gives up when aliases made them too many. */
  void count(Node at, KeyPath key) {
    if (++items > MOST_ITEMS) {
      throw fatal(
          at,
          key,
          "The deployment failed because the application specification file holds more than "
              + MOST_ITEMS
              + " keys and items, with all aliases counted. Make it smaller.");
    }
  }

  /** Returns the exception for an error at this place. */
  AppSpecException fatal(@Nullable Node at, KeyPath key, String message) {
    return fatal(at, key, message, "");
  }

  private AppSpecException fatal(@Nullable Node at, KeyPath key, String message, String hint) {
    if (at == null) {
      return new AppSpecException(file, 0, 0, key.toString(), "", message, hint);
    }
    Mark mark = at.getStartMark();
    String value = at instanceof ScalarNode scalar ? RubyText.shown(scalar.getValue()) : "";
    return new AppSpecException(
        file, mark.getLine() + 1, mark.getColumn() + 1, key.toString(), value, message, hint);
  }

  /** Keeps an error. */
  void add(AppSpecException error) {
    errors++;
    add(Finding.of(error));
  }

  private void add(Severity severity, @Nullable Node at, KeyPath key, String message) {
    int line = at == null ? 0 : at.getStartMark().getLine() + 1;
    int column = at == null ? 0 : at.getStartMark().getColumn() + 1;
    add(new Finding(severity, file, line, column, key.toString(), message));
  }

  private void add(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
