package dev.slipway.examples.cli;

import dev.slipway.transport.ssh.Secrets;
import java.io.Console;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody at the terminal, without showing what is typed. An answer holds as long as this
 * process: that for an account on all hosts, that for a key wherever it is used. One question at a
 * time, whoever asks.
 */
final class TerminalSecrets implements Secrets {

  /** The settings of hosts that can be asked for. */
  static final List<String> SETTINGS =
      List.of("passphrase", "password", "jumpPassword", "sudoPassword");

  private record Known(Kind kind, String user, @Nullable Path keyFile) {}

  private final Function<String, Optional<char[]>> terminal;
  private final Map<Known, char[]> answers = new HashMap<>();

  /**
   * Makes one.
   *
   * @param terminal shows a question and returns the answer; nothing where nobody is there
   */
  TerminalSecrets(Function<String, Optional<char[]>> terminal) {
    this.terminal = terminal;
  }

  /** Returns those of whoever has started this process, if there is a terminal. */
  @SuppressWarnings("SystemConsoleNull") // a newer JDK reads what is piped in, and at its end null
  static TerminalSecrets ofThisProcess() {
    return new TerminalSecrets(
        question -> {
          Console console = System.console();
          return Optional.ofNullable(console == null ? null : console.readPassword("%s", question));
        });
  }

  /** Returns settings of hosts by which these are asked for. */
  static Map<String, String> asking(Collection<String> settings) {
    Map<String, String> asking = new TreeMap<>();
    settings.forEach(setting -> asking.put(setting, "ask"));
    return asking;
  }

  @Override
  public synchronized Optional<char[]> answer(Question question) {
    Path keyFile = question.keyFile();
    Known known = new Known(question.kind(), keyFile == null ? question.user() : "", keyFile);
    char[] before = answers.get(known);
    if (before != null) {
      return Optional.of(before.clone());
    }
    Optional<char[]> answer = terminal.apply(text(question));
    answer.ifPresent(said -> answers.put(known, said.clone()));
    return answer;
  }

  private static String text(Question question) {
    return switch (question.kind()) {
      case PASSPHRASE -> "Passphrase of " + question.keyFile() + ": ";
      case PASSWORD -> "Password of " + question.user() + ": ";
      case JUMP_PASSWORD -> "Password of " + question.user() + " on servers on the way: ";
      case SUDO_PASSWORD -> "Password of " + question.user() + " for sudo: ";
    };
  }
}
