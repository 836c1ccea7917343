package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import dev.slipway.host.plan.HostChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the scripts of one event, in order, until one fails. */
final class HookRunner {

  private static final Logger LOG = LoggerFactory.getLogger(HookRunner.class);

  private static final Set<PosixFilePermission> EXECUTE =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final HostOptions options;
  private final NamedPipes pipes;
  private final Executor readers;
  private final ElapsedTime elapsed;

  HookRunner(HostOptions options, NamedPipes pipes, Executor readers, ElapsedTime elapsed) {
    this.options = options;
    this.pipes = pipes;
    this.readers = readers;
    this.elapsed = elapsed;
  }

  /** Runs them, and returns how the event ended. */
  Diagnostics run(HookPlan plan, ScriptLog log) throws IOException, InterruptedException {
    Starts.awaitThoseUnderWay();
    log.line("LifecycleEvent - " + plan.event());
    for (HookRun run : plan.runs()) {
      Optional<Diagnostics> failure = run(run, plan, log);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    return Diagnostics.SUCCEEDED;
  }

  private Optional<Diagnostics> run(HookRun run, HookPlan plan, ScriptLog log)
      throws IOException, InterruptedException {
    Optional<Path> script = inside(run, Path.of(plan.archive()));
    if (script.isEmpty()) {
      return Optional.of(run.missing(log.tail()));
    }
    if (!Files.isExecutable(script.get()) && !makeExecutable(run, script.get())) {
      return Optional.of(run.notExecutable(log.tail()));
    }
    log.line("Script - " + run.location());
    Optional<StartProblem> problem = StartProblem.of(script.get());
    if (problem.isPresent()) {
      return Optional.of(
          run.notStarted(
              problem.get().error(), problem.get().text(script.get().toString()), log.tail()));
    }
    boolean letsGo = options.chose(HostChoice.LET_GO_OF_OUTPUT);
    Optional<Diagnostics> failure =
        new ScriptProcess(run, log, pipes, readers, elapsed, letsGo).run(start(run, plan));
    return failure.isEmpty()
        ? failure
        : Optional.of(explained(failure.get(), run, script.get(), log));
  }

  /** Says in the log what keeps an account from its script, when that is why it failed. */
  private static Diagnostics explained(
      Diagnostics failure, HookRun run, Path script, ScriptLog log) {
    String account = run.runAs();
    if (account == null || failure.errorCode() != LifecycleErrorCode.SCRIPT_FAILED) {
      return failure;
    }
    try {
      BlockedPath.sentence(account, script)
          .ifPresent(sentence -> log.line("Script - " + run.location() + ": " + sentence));
    } catch (IOException e) {
      LOG.debug("{}: nobody can say whether {} may run it", script, account, e);
    }
    return new Diagnostics(
        failure.errorCode(), failure.scriptName(), failure.message(), log.tail());
  }

  private ScriptStart start(HookRun run, HookPlan plan) {
    Map<String, String> own = new TreeMap<>(run.environment());
    own.putAll(plan.variables());
    boolean keeps = options.chose(HostChoice.SUDO_KEEPS_VARIABLES);
    List<String> command = keeps ? run.commandKeeping(own.keySet()) : run.command();
    Map<String, String> environment = new TreeMap<>(options.environment().inherited());
    environment.putAll(own);
    boolean inRevision = options.chose(HostChoice.START_IN_REVISION);
    String directory = inRevision ? plan.archive() : options.paths().workingDirectory();
    return new ScriptStart(command, environment, Path.of(directory));
  }

  /** Returns the script, when it exists and, links followed, is in the revision. */
  private static Optional<Path> inside(HookRun run, Path archive) throws IOException {
    String location = run.path();
    if (location == null || !Files.exists(Path.of(location))) {
      return Optional.empty();
    }
    Path script = Path.of(location);
    return script.toRealPath().startsWith(archive.toRealPath())
        ? Optional.of(script)
        : Optional.empty();
  }

  private static boolean makeExecutable(HookRun run, Path script) {
    LOG.warn("Script {} is not executable, and is made so", run.location());
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(script);
      permissions.addAll(EXECUTE);
      Files.setPosixFilePermissions(script, permissions);
      return true;
    } catch (IOException e) {
      LOG.warn("{} cannot be made executable: {}", script, e.toString());
      return false;
    }
  }
}
