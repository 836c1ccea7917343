package dev.slipway.host.exec;

import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.Layout;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How an executor works on its host.
 *
 * @param layout where deployments are kept
 * @param paths where destinations are
 * @param environment what scripts inherit
 * @param maxRevisions how many deployments of a group are kept on the host, the current one
 *     included; at least 1
 * @param deploymentsLog the name of the program whose deployments log is written, or empty for none
 * @param zone the zone of the times in the logs
 * @param choices what is done otherwise than by default
 */
public record HostOptions(
    Layout layout,
    HostPaths paths,
    HookEnvironment environment,
    int maxRevisions,
    String deploymentsLog,
    ZoneId zone,
    Set<HostChoice> choices) {

  /** How many deployments of a group AWS's agent keeps. */
  public static final int DEFAULT_MAX_REVISIONS = 5;

  /** Refuses to keep no revision, and copies the choices in. */
  public HostOptions {
    choices = Set.copyOf(choices);
    if (maxRevisions < 1) {
      throw new IllegalArgumentException(
          "max revisions must be at least 1, but was " + maxRevisions);
    }
  }

  /** Makes options with nothing chosen. */
  public HostOptions(
      Layout layout,
      HostPaths paths,
      HookEnvironment environment,
      int maxRevisions,
      String deploymentsLog,
      ZoneId zone) {
    this(layout, paths, environment, maxRevisions, deploymentsLog, zone, Set.of());
  }

  /** Returns the options with CodeDeploy's defaults. */
  public static HostOptions of(Layout layout, HookEnvironment environment, ZoneId zone) {
    return new HostOptions(
        layout, HostPaths.PLAIN, environment, DEFAULT_MAX_REVISIONS, "codedeploy-agent", zone);
  }

  /** Returns these options with more choices. */
  public HostOptions with(HostChoice... more) {
    Set<HostChoice> all = EnumSet.noneOf(HostChoice.class);
    all.addAll(choices);
    all.addAll(List.of(more));
    return new HostOptions(layout, paths, environment, maxRevisions, deploymentsLog, zone, all);
  }

  /** Returns what reads the AppSpecs of this host. */
  public AppSpecParser parser() {
    return HostChoice.parser(choices);
  }

  /** Returns whether this is chosen. */
  boolean chose(HostChoice choice) {
    return choices.contains(choice);
  }
}
