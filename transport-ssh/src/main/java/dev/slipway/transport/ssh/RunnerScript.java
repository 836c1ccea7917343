package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The program that the host runs, and the command line that starts it. It travels in the command
 * line, because a shell that read it from the channel could read ahead and take bytes of a bundle
 * with it.
 */
final class RunnerScript {

  /** The file that what serves a connection and what runs events have in common. */
  static final String COMMON = "runner-1-common.sh";

  /** The files of what runs events, in order. */
  static final List<String> WORK =
      List.of("runner-2-log.sh", "runner-3-hooks.sh", "runner-4-steps.sh", "runner-5-work.sh");

  /** The files of what serves a connection, in order. */
  static final List<String> SERVE = List.of("runner-6-hello.sh", "runner-7-serve.sh");

  /** The line behind a password for sudo. */
  static final String AFTER_PASSWORD = "slipway-begins";

  /**
   * Passes over the password where sudo has not asked for it. A shell's {@code read} takes no byte
   * behind the line.
   */
  private static final String SKIP_PASSWORD =
      "while IFS= read -r skipped && [ \"$skipped\" != "
          + AFTER_PASSWORD
          + " ]; do :; done; unset skipped; ";

  /** A shell reads only what its role needs. */
  private static final String START = "common=$1 own=$2; shift 2; eval \"$common\"; eval \"$own\"";

  private final String common = source(List.of(COMMON));
  private final String work = source(WORK);
  private final String serve;

  private RunnerScript(String serve) {
    this.serve = serve;
  }

  /** Reads it from the class path, without its comments. */
  static RunnerScript load() {
    return load(SERVE);
  }

  /** Reads another program, which takes the same arguments, from files of the class path. */
  static RunnerScript load(List<String> parts) {
    return new RunnerScript(source(parts));
  }

  private static String source(List<String> parts) {
    return parts.stream()
        .flatMap(part -> read(part).lines())
        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
        .map(String::stripLeading)
        .collect(Collectors.joining("\n"));
  }

  private static String read(String part) {
    try (InputStream in = RunnerScript.class.getResourceAsStream(part)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + part);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the arguments of a POSIX shell that make it the runner of a deployment. */
  List<String> arguments(RunnerRequest request) {
    return arguments(request, START);
  }

  private List<String> arguments(RunnerRequest request, String start) {
    return List.of(
        "-c",
        start,
        "slipway",
        common,
        serve,
        "serve",
        request.root(),
        request.groupId(),
        request.deploymentId(),
        request.appSpecFile(),
        request.otherAppSpecFile(),
        request.hostRoot(),
        request.deploymentsLog(),
        work);
  }

  /** Returns the command line for a login shell, whichever it is, to hand to a POSIX shell. */
  String commandLine(RunnerRequest request, boolean sudo) {
    return commandLine(sudo ? "exec sudo -n -- sh " : "exec sh ", arguments(request));
  }

  /**
   * Returns the same for sudo that may ask for a password, which is then the first line of what is
   * sent, and {@link #AFTER_PASSWORD} the second.
   */
  String commandLineWithPassword(RunnerRequest request) {
    return commandLine(
        "exec sudo -S -p " + quoted(Sudo.PROMPT) + " -- sh ",
        arguments(request, SKIP_PASSWORD + START));
  }

  private static String commandLine(String program, List<String> arguments) {
    return program + arguments.stream().map(RunnerScript::quoted).collect(Collectors.joining(" "));
  }

  /** Returns the text as one word of a shell. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
