package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import java.time.Duration;
import java.util.ArrayList;
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
      List<String> command = path == null ? List.of() : command(run);
      text.line(run.timeout().toSeconds());
      text.text(run.location()).text(path == null ? "" : path).line(command.size());
      command.forEach(text::text);
    }
    return text.toBytes();
  }

  /**
   * Returns the script's own variables and its command, as {@code env} takes them. That takes a
   * word with an equals sign for a variable, so such a program is started by a shell.
   */
  private static List<String> command(HookRun run) {
    List<String> words = new ArrayList<>();
    run.environment().forEach((name, value) -> words.add(name + "=" + value));
    if (run.command().get(0).contains("=")) {
      words.addAll(List.of("sh", "-c", "exec \"$0\" \"$@\""));
    }
    words.addAll(run.command());
    return words;
  }
}
