package dev.slipway.host.plan;

import dev.slipway.appspec.AppSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scripts of one event.
 *
 * @param event the event
 * @param archive the unpacked revision that the scripts come from; empty when there is none
 * @param runs the scripts, in order; the first that fails ends the event
 * @param variables what all scripts get in their environment, besides what the host's allow-list
 *     lets through; goes before that, and before what a single script gets
 */
public record HookPlan(
    String event, String archive, List<HookRun> runs, Map<String, String> variables) {

  /** Copies the collections in. */
  public HookPlan {
    runs = List.copyOf(runs);
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** Returns the plan of an event that no revision has scripts for. */
  public static HookPlan nothing(String event) {
    return new HookPlan(event, "", List.of(), Map.of());
  }

  /**
   * Returns the plan of an event.
   *
   * @param event the event
   * @param appSpec the AppSpec of the revision that the event runs from, see {@link EventRevision}
   * @param archive that revision, unpacked
   * @param deployment the deployment that the event is part of
   * @param paths where the host's files are
   */
  public static HookPlan of(
      String event, AppSpec appSpec, String archive, HostDeployment deployment, HostPaths paths) {
    Map<String, String> variables = ScriptVariables.of(event, deployment, paths, archive);
    List<HookRun> runs =
        appSpec.scriptsOf(event).stream()
            .map(script -> HookRun.of(script, archive, variables))
            .toList();
    return new HookPlan(event, archive, runs, variables);
  }

  /** Returns the same plan with one more variable for all scripts. */
  public HookPlan with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(variable, value);
    return new HookPlan(event, archive, runs, more);
  }

  /** Returns whether there is nothing to run. */
  public boolean isNoOp() {
    return runs.isEmpty();
  }
}
