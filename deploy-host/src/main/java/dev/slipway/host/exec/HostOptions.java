package dev.slipway.host.exec;

import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.Layout;
import java.time.ZoneId;

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
 * @param keepSetIdBits whether an installed file keeps the set-user-id and set-group-id bits that
 *     it has in the revision; off unless somebody says otherwise
 */
public record HostOptions(
    Layout layout,
    HostPaths paths,
    HookEnvironment environment,
    int maxRevisions,
    String deploymentsLog,
    ZoneId zone,
    boolean keepSetIdBits) {

  /** How many deployments of a group AWS's agent keeps. */
  public static final int DEFAULT_MAX_REVISIONS = 5;

  /** Refuses to keep no revision. */
  public HostOptions {
    if (maxRevisions < 1) {
      throw new IllegalArgumentException(
          "max revisions must be at least 1, but was " + maxRevisions);
    }
  }

  /** Makes options that install no set-id bits but those that an AppSpec asks for. */
  public HostOptions(
      Layout layout,
      HostPaths paths,
      HookEnvironment environment,
      int maxRevisions,
      String deploymentsLog,
      ZoneId zone) {
    this(layout, paths, environment, maxRevisions, deploymentsLog, zone, false);
  }

  /** Returns the options with CodeDeploy's defaults. */
  public static HostOptions of(Layout layout, HookEnvironment environment, ZoneId zone) {
    return new HostOptions(
        layout, HostPaths.PLAIN, environment, DEFAULT_MAX_REVISIONS, "codedeploy-agent", zone);
  }
}
