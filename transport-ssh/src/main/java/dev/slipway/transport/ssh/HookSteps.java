package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import dev.slipway.host.plan.HostChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The scripts of an event as the runner reads them. */
final class HookSteps {

  private HookSteps() {}

  /**
   * Returns the text of a plan.
   *
   * @param limit how long the event may run in all, whole seconds
   * @param workingDirectory where scripts start, unless they start in their revision
   * @param choices what the host does otherwise than by default
   */
  static byte[] of(
      HookPlan plan, Duration limit, String workingDirectory, Set<HostChoice> choices) {
    boolean keeps = choices.contains(HostChoice.SUDO_KEEPS_VARIABLES);
    boolean inRevision = choices.contains(HostChoice.START_IN_REVISION);
    boolean letsGo = choices.contains(HostChoice.LET_GO_OF_OUTPUT);
    String flags =
        StepText.flags(choices) + (letsGo ? " " + HostChoice.LET_GO_OF_OUTPUT.optionName() : "");
    PlanText text = new PlanText();
    text.line("hooks" + flags).line(limit.toSeconds()).line(plan.variables().size());
    plan.variables().forEach((name, value) -> text.text(name + "=" + value));
    text.text(plan.archive()).text(inRevision ? plan.archive() : workingDirectory);
    text.line(plan.runs().size());
    for (HookRun run : plan.runs()) {
      String path = run.path();
      String account = run.runAs();
      text.line(run.timeout().toSeconds());
      text.text(run.location()).text(path == null ? "" : path);
      text.text(account == null ? "" : account);
      Set<String> kept = keeps ? names(run, plan) : Set.of();
      List<String> command = path == null ? List.of() : command(run, kept);
      text.line(command.size()).texts(command);
    }
    return text.toBytes();
  }

  /**
   * Returns the script's command. Its own variables may have names that a shell keeps to itself, so
   * {@code env} hands them on. That, which bash needs in any case, takes a word with an equals sign
   * for a variable, so such a program is started by a shell.
   */
  private static List<String> command(HookRun run, Set<String> keptBySudo) {
    List<String> command = run.commandKeeping(keptBySudo);
    List<String> words = new ArrayList<>();
    if (!run.environment().isEmpty()) {
      words.add("env");
      run.environment().forEach((name, value) -> words.add(name + "=" + value));
    }
    if (command.get(0).contains("=")) {
      words.addAll(List.of("sh", "-c", "exec \"$0\" \"$@\""));
    }
    words.addAll(command);
    return words;
  }

  private static Set<String> names(HookRun run, HookPlan plan) {
    Set<String> names = new TreeSet<>(run.environment().keySet());
    names.addAll(plan.variables().keySet());
    return names;
  }
}
