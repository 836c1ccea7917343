package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import java.time.Duration;
import java.util.List;

/** The scripts of an event as the runner reads them. */
final class HookSteps {

  private HookSteps() {}

  /**
   * Returns the text of a plan.
   *
   * @param limit how long the event may run in all, whole seconds
   */
  static byte[] of(HookPlan plan, Duration limit) {
    PlanText text = new PlanText();
    text.line("hooks").line(limit.toSeconds()).line(plan.variables().size());
    plan.variables().forEach((name, value) -> text.text(name + "=" + value));
    text.text(plan.archive()).line(plan.runs().size());
    for (HookRun run : plan.runs()) {
      String path = run.path();
      List<String> command = path == null ? List.of() : run.command();
      text.line(run.timeout().toSeconds());
      text.text(run.location()).text(path == null ? "" : path).line(command.size());
      command.forEach(text::text);
    }
    return text.toBytes();
  }
}
