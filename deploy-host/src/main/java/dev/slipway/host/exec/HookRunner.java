package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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
  private final Executor readers;
  private final ElapsedTime elapsed;

  HookRunner(HostOptions options, Executor readers, ElapsedTime elapsed) {
    this.options = options;
    this.readers = readers;
    this.elapsed = elapsed;
  }

  /** Runs them, and returns how the event ended. */
  Diagnostics run(HookPlan plan, ScriptLog log) throws IOException, InterruptedException {
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
          run.notStarted(problem.get().error(), problem.get().text(script.get()), log.tail()));
    }
    Map<String, String> environment = new TreeMap<>(options.environment().inherited());
    environment.putAll(run.environment());
    environment.putAll(plan.variables());
    Path workingDirectory = Path.of(options.paths().workingDirectory());
    return new ScriptProcess(run, log, readers, elapsed).run(environment, workingDirectory);
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
