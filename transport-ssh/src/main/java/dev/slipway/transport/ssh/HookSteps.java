package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import dev.slipway.host.plan.HostChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The scripts of an event as the runner reads them. */
final class HookSteps {

  private HookSteps() {}

  /**
   * Returns the text of a plan. What the runner knows already is not said again: a shell reads byte
   * by byte.
   *
   * @param limit how long the event may run in all, whole seconds
   * @param workingDirectory where scripts start, unless they start in their revision
   * @param ownArchive the unpacked revision of the deployment
   * @param choices what the host does otherwise than by default
   * @param remembered the variables of the event before, or none if the runner has not had one
   */
  static byte[] of(
      HookPlan plan,
      Duration limit,
      String workingDirectory,
      String ownArchive,
      Set<HostChoice> choices,
      Map<String, String> remembered) {
    boolean inRevision = choices.contains(HostChoice.START_IN_REVISION);
    boolean letsGo = choices.contains(HostChoice.LET_GO_OF_OUTPUT);
    String flags =
        StepText.flags(choices) + (letsGo ? " " + HostChoice.LET_GO_OF_OUTPUT.optionName() : "");
    PlanText text = new PlanText().line("hooks" + flags);
    addVariables(text, plan.variables(), remembered);
    text.line(limit.toSeconds());
    text.text(plan.archive().equals(ownArchive) ? "" : plan.archive());
    text.text(inRevision ? "" : workingDirectory);
    text.line(plan.runs().size());
    for (HookRun run : plan.runs()) {
      addRun(text, run, plan, choices);
    }
    return text.toBytes();
  }

  private static void addVariables(
      PlanText text, Map<String, String> variables, Map<String, String> remembered) {
    boolean canAdd = !remembered.isEmpty() && variables.keySet().containsAll(remembered.keySet());
    Set<Map.Entry<String, String>> said = new LinkedHashSet<>(variables.entrySet());
    if (canAdd) {
      said.removeAll(remembered.entrySet());
    }
    text.line(canAdd ? "more" : "all", said.size());
    said.forEach(variable -> text.text(variable.getKey() + "=" + variable.getValue()));
  }

  /** Adds a script: its path in the revision, and its command if that is not just the script. */
  private static void addRun(PlanText text, HookRun run, HookPlan plan, Set<HostChoice> choices) {
    String path = run.path();
    String account = run.runAs();
    text.line(run.timeout().toSeconds()).text(run.location());
    text.text(path == null ? "" : path.substring(plan.archive().length() + 1));
    text.text(account == null ? "" : account);
    boolean keeps = choices.contains(HostChoice.SUDO_KEEPS_VARIABLES);
    List<String> command =
        path == null ? List.of() : command(run, keeps ? names(run, plan) : Set.of());
    boolean isJustTheScript = command.equals(List.of(String.valueOf(path)));
    text.line(isJustTheScript ? 0 : command.size());
    if (!isJustTheScript) {
      text.texts(command);
    }
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
