package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RunningHost;
import dev.slipway.rollout.StopReport;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is said after a request: whether somebody heard it, and which hosts are still busy.
 *
 * @param console where to
 * @param json whether in one line of JSON
 */
record RequestText(Console console, boolean json) {

  /** How many busy hosts are named. */
  private static final int TOLD = 10;

  /**
   * Says it.
   *
   * @param verb what the rollout was asked to do
   * @param isDriven whether somebody drives it
   */
  void say(Rollout rollout, String verb, boolean isDriven) {
    if (json) {
      console
          .out()
          .println(
              JsonText.line(
                  JsonText.object()
                      .put("deployment", rollout.id().value())
                      .put("driven", isDriven)
                      .set("running", StatusJson.running(rollout.running()))));
    } else if (isDriven) {
      console.out().println(rollout.id() + " was asked to " + verb);
      sayBusy(rollout.running());
    } else {
      console
          .out()
          .println(
              "%s was asked to %s, but no process drives it; it does so after \"slipway continue %s\""
                  .formatted(rollout.id(), verb, rollout.id()));
    }
  }

  /** Says what became of a stop that was waited for. */
  void say(Rollout rollout, StopReport report) {
    if (json) {
      console
          .out()
          .println(
              JsonText.line(
                  JsonText.object()
                      .put("deployment", rollout.id().value())
                      .put("driven", rollout.isDriven())
                      .put("over", report.isOver())
                      .put("status", status(rollout, report).wireName())
                      .set("running", StatusJson.running(report.busy()))));
    } else if (report.isOver()) {
      console.out().println(rollout.id() + " is over: " + status(rollout, report).wireName());
    } else {
      console.out().println(rollout.id() + " is not over yet; hosts that are still busy:");
      sayBusy(report.busy());
    }
  }

  private static DeploymentStatus status(Rollout rollout, StopReport report) {
    return report.result() == null ? rollout.status() : report.result().status();
  }

  private void sayBusy(List<RunningHost> busy) {
    PrintWriter out = console.out();
    busy.stream().limit(TOLD).forEach(host -> out.println("  " + line(host)));
    if (busy.size() > TOLD) {
      out.println("  and " + (busy.size() - TOLD) + " more");
    }
  }

  private static String line(RunningHost host) {
    return "%s %s %s since %s, until %s at the latest"
        .formatted(
            host.host(),
            host.acknowledged() ? "runs" : "has been offered",
            host.event().wireName(),
            host.since().truncatedTo(ChronoUnit.SECONDS),
            host.deadline().truncatedTo(ChronoUnit.SECONDS));
  }
}
