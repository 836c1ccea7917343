package dev.slipway.host.plan;

import dev.slipway.appspec.HookScript;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One script to run.
 *
 * @param location the script as the AppSpec names it
 * @param path the script on the host, absolute, in the unpacked revision; null when the location
 *     leaves the revision and must not run
 * @param timeout how long it may run, whole seconds
 * @param runAs the account, or null for the executor's own
 * @param sudo whether it runs through {@code sudo}
 * @param arguments what the script gets, each as one argument
 * @param environment what the script gets in its environment beside the variables of the plan,
 *     which have other names
 */
public record HookRun(
    String location,
    @Nullable String path,
    Duration timeout,
    @Nullable String runAs,
    boolean sudo,
    List<String> arguments,
    Map<String, String> environment) {

  /** Copies the collections in. */
  public HookRun {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /** What a shell adds to the number of a signal. */
  private static final int SIGNALLED = 128;

  private static final int LAST_SIGNAL = 31;

  /**
   * Returns the run of a script from an unpacked revision.
   *
   * @param variables what the deployment sets, which no script can set differently
   */
  static HookRun of(HookScript script, String archive, Map<String, String> variables) {
    String path =
        BundlePaths.normalise(script.location())
            .filter(inside -> !inside.isEmpty())
            .map(inside -> archive + "/" + inside)
            .orElse(null);
    String runAs = script.runAs();
    boolean blank = runAs == null || runAs.isBlank();
    Map<String, String> environment = new TreeMap<>(script.environment());
    environment.keySet().removeIf(HookScript::isReserved);
    environment.keySet().removeAll(variables.keySet());
    return new HookRun(
        script.location(),
        path,
        script.timeout(),
        blank ? null : runAs,
        script.sudo(),
        script.arguments(),
        environment);
  }

  /**
   * Returns the program and its arguments. Only {@code su} knows no arguments but a command line,
   * so for it all words are quoted.
   *
   * @throws IllegalStateException when the script must not run
   */
  public List<String> command() {
    return commandKeeping(List.of());
  }

  /**
   * Returns the program and its arguments, where {@code sudo} is told which variables to let
   * through. Whether it does is its own configuration's to say: where that forbids it, it runs
   * nothing.
   *
   * @param variables their names, none to say nothing about them
   */
  public List<String> commandKeeping(Collection<String> variables) {
    if (path == null) {
      throw new IllegalStateException(location + " leaves the revision");
    }
    List<String> command = new ArrayList<>();
    if (sudo) {
      command.add("sudo");
      if (!variables.isEmpty()) {
        command.add("--preserve-env=" + String.join(",", variables));
      }
    }
    if (runAs == null) {
      command.add(path);
      command.addAll(arguments);
    } else {
      StringBuilder line = new StringBuilder(quoted(path));
      arguments.forEach(argument -> line.append(' ').append(quoted(argument)));
      command.addAll(List.of("su", runAs, "-c", line.toString()));
    }
    return List.copyOf(command);
  }

  /** Returns the command as one would type it. */
  public String commandLine() {
    return command().stream().map(HookRun::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_/.,:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Returns the end of a script that the revision does not have. */
  public Diagnostics missing(String log) {
    return failed(
        LifecycleErrorCode.SCRIPT_MISSING,
        path == null
            ? "Script at specified location: "
                + location
                + " resolves outside the deployment archive"
            : "Script does not exist at specified location: " + path,
        log);
  }

  /** Returns the end of a script that cannot be made executable. */
  public Diagnostics notExecutable(String log) {
    return failed(
        LifecycleErrorCode.SCRIPT_NOT_EXECUTABLE,
        "Unable to set script at specified location: " + location + " as executable",
        log);
  }

  /** Returns the end of a script that took too long. */
  public Diagnostics timedOut(String log) {
    return failed(
        LifecycleErrorCode.SCRIPT_TIMED_OUT,
        "Script at specified location: "
            + location
            + " failed to complete in "
            + timeout.toSeconds()
            + " seconds",
        log);
  }

  /**
   * Returns the end of a script that exited with a status other than 0. A signal that ended it is
   * named; a script that exits as if one had cannot be told from that.
   */
  public Diagnostics exited(int status, String log) {
    int signal = status - SIGNALLED;
    String why = signal >= 1 && signal <= LAST_SIGNAL ? " (killed by signal " + signal + ")" : "";
    return failed(
        LifecycleErrorCode.SCRIPT_FAILED,
        subject() + " failed with exit code " + status + why,
        log);
  }

  /**
   * Returns the end of a script that could not be started.
   *
   * @param error the kind of error, for example {@code Errno::ENOENT}
   * @param text what the operating system says
   */
  public Diagnostics notStarted(String error, String text, String log) {
    return failed(
        LifecycleErrorCode.SCRIPT_FAILED,
        subject() + " failed with error " + error + " with message " + text,
        log);
  }

  /**
   * Returns the end of a script that left its output open.
   *
   * @param output {@code STDOUT} or {@code STDERR}
   */
  public Diagnostics outputLeftOpen(String output, String log) {
    return failed(
        LifecycleErrorCode.OUTPUTS_LEFT_OPEN,
        "Script at specified location: " + location + " failed to close " + output,
        log);
  }

  private String subject() {
    return "Script at specified location: "
        + location
        + (runAs == null ? "" : " run as user " + runAs);
  }

  private Diagnostics failed(LifecycleErrorCode code, String message, String log) {
    return new Diagnostics(code, location, message, log);
  }
}
