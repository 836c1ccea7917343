package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.host.exec.StartProblem;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;

/** Puts the end of an event into CodeDeploy's words. */
final class EventOutcome {

  private EventOutcome() {}

  /**
   * Returns the diagnostics.
   *
   * @param plan the scripts that ran; without any for events that have none
   * @param log the end of what they wrote
   */
  static Diagnostics of(EventEnd end, HookPlan plan, String log) {
    return switch (end.kind()) {
      case "ok" -> Diagnostics.SUCCEEDED;
      case "interrupted" -> Diagnostics.AFTER_RESTART;
      case "refused" ->
          Diagnostics.unknownError(
              "A newer deployment has taken over the host"
                  + (end.message().isEmpty() ? "." : " (generation " + end.message() + ")."));
      case "error" ->
          Diagnostics.unknownError(
              end.message().isEmpty() ? "A step failed on the host." : end.message());
      default ->
          end.script() < plan.runs().size()
              ? ofScript(end, plan.runs().get(end.script()), log)
              : Diagnostics.unknownError("The event ended with " + end.kind() + " on the host.");
    };
  }

  private static Diagnostics notStarted(EventEnd end, HookRun run, String log) {
    StartProblem problem =
        switch (end.value()) {
          case 1 -> StartProblem.DIRECTORY;
          case 2 -> StartProblem.NO_INTERPRETER;
          default -> StartProblem.CARRIAGE_RETURN;
        };
    return run.notStarted(problem.error(), problem.text(String.valueOf(run.path())), log);
  }

  private static Diagnostics ofScript(EventEnd end, HookRun run, String log) {
    return switch (end.kind()) {
      case "missing" -> run.missing(log);
      case "unexecutable" -> run.notExecutable(log);
      case "unstartable" -> notStarted(end, run, log);
      case "expired" -> run.timedOut(log);
      case "failed" -> run.exited(end.value(), log);
      case "open" -> run.outputLeftOpen(end.value() == 1 ? "STDOUT" : "STDERR", log);
      case "cancelled" ->
          new Diagnostics(
              LifecycleErrorCode.SCRIPT_FAILED,
              run.location(),
              "Script at specified location: "
                  + run.location()
                  + " was ended, because the deployment was stopped",
              log);
      default -> Diagnostics.unknownError("The event ended with " + end.kind() + " on the host.");
    };
  }
}
