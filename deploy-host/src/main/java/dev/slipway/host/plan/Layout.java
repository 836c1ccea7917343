package dev.slipway.host.plan;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where everything of the deployments of one host is: the same places and names as AWS's agent
 * uses, so that a fleet can move between that agent and this library.
 *
 * @param root the deployment root, absolute, with the host root before it where there is one
 */
public record Layout(String root) {

  /** The deployment root of AWS's agent. */
  public static final String AGENT_ROOT = "/opt/codedeploy-agent/deployment-root";

  /** How the name of a group's cleanup list ends. */
  public static final String CLEANUP_SUFFIX = "-cleanup";

  private static final String INSTRUCTIONS = "deployment-instructions";
  private static final String ONGOING = "ongoing-deployment";
  private static final String LOGS = "deployment-logs";
  private static final Set<String> NO_GROUPS = Set.of(INSTRUCTIONS, ONGOING, LOGS);

  private static final String INSTALL_SUFFIX = "-install.json";
  private static final String LAST_SUCCESSFUL_SUFFIX = "_last_successful_install";
  private static final String MOST_RECENT_SUFFIX = "_most_recent_install";

  /** Refuses a relative root. */
  public Layout {
    if (!root.startsWith("/")) {
      throw new IllegalArgumentException("deployment root must be absolute, but was " + root);
    }
    root = HostPaths.normalise(root);
  }

  /** Returns the directory of a group's deployments. */
  public String groupDirectory(String groupId) {
    return root + "/" + safe(groupId);
  }

  /** Returns the directory of one deployment. */
  public String deploymentDirectory(String groupId, String deploymentId) {
    SafeName.check("deployment id", deploymentId);
    return groupDirectory(groupId) + "/" + deploymentId;
  }

  /** Returns the directory of the deployment. */
  public String directoryOf(HostDeployment deployment) {
    return deploymentDirectory(deployment.group().id(), deployment.id());
  }

  /** Returns the unpacked revision of the deployment. */
  public String archiveOf(HostDeployment deployment) {
    return archiveIn(directoryOf(deployment));
  }

  /** Returns the unpacked revision in a deployment's directory. */
  public static String archiveIn(String deploymentDirectory) {
    return deploymentDirectory + "/deployment-archive";
  }

  /** Returns the bundle as it was fetched, whatever its format. */
  public static String bundleIn(String deploymentDirectory) {
    return deploymentDirectory + "/bundle.tar";
  }

  /** Returns the log of all scripts of a deployment. */
  public static String scriptLogIn(String deploymentDirectory) {
    return deploymentDirectory + "/logs/scripts.log";
  }

  /** Returns the directory of instruction files and pointers. */
  public String instructions() {
    return root + "/" + INSTRUCTIONS;
  }

  /** Returns whether a directory directly below the root is that of a group, by its name. */
  public boolean isGroupDirectory(String name) {
    return SafeName.isSafe(name) && !NO_GROUPS.contains(name);
  }

  /** Refuses an id of a group that no directory below a root can have. */
  static void checkGroup(String id) {
    SafeName.check("deployment group id", id);
    if (NO_GROUPS.contains(id)) {
      throw new IllegalArgumentException(
          "deployment group id must not be "
              + id
              + ", which is a directory of the host's own records; choose another id");
    }
  }

  /** Returns the group that an instruction file is about, by the file's name. */
  public static Optional<String> groupOfInstructionFile(String name) {
    return Stream.of(CLEANUP_SUFFIX, INSTALL_SUFFIX, LAST_SUCCESSFUL_SUFFIX, MOST_RECENT_SUFFIX)
        .filter(suffix -> name.endsWith(suffix) && name.length() > suffix.length())
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .filter(SafeName::isSafe)
        .findFirst();
  }

  /** Returns the list of what the last install of the group has created. */
  public String cleanupFile(String groupId) {
    return instructions() + "/" + safe(groupId) + CLEANUP_SUFFIX;
  }

  /** Returns the last install plan of the group. */
  public String installFile(String groupId) {
    return instructions() + "/" + safe(groupId) + INSTALL_SUFFIX;
  }

  /** Returns the pointer to the deployment whose Install succeeded last. */
  public String lastSuccessfulPointer(String groupId) {
    return instructions() + "/" + safe(groupId) + LAST_SUCCESSFUL_SUFFIX;
  }

  /** Returns the pointer to the deployment whose DownloadBundle succeeded last. */
  public String mostRecentPointer(String groupId) {
    return instructions() + "/" + safe(groupId) + MOST_RECENT_SUFFIX;
  }

  /** Returns the directory of marks of running commands. */
  public String ongoingDeployments() {
    return root + "/" + ONGOING;
  }

  /**
   * Returns the ticket that keeps a command of the deployment from running twice.
   *
   * @param key the command's key
   */
  public String ticket(HostDeployment deployment, String key) {
    String name = key.replace('/', '+');
    SafeName.check("command key", name);
    return directoryOf(deployment) + "/tickets/" + name;
  }

  /** Returns the file whose lock keeps commands of one group apart. */
  public String lockFile(String groupId) {
    return root + "/.slipway-" + safe(groupId) + ".lock";
  }

  /** Returns where AWS's agent leaves the number of its process when it works on this root. */
  public String agentPidFile() {
    return HostPaths.parentOf(root) + "/state/.pid/codedeploy-agent.pid";
  }

  /** Returns the directory of the logs of all deployments. */
  public String deploymentLogs() {
    return root + "/" + LOGS;
  }

  /** Returns the log of all deployments. */
  public String deploymentsLog(String programName) {
    return deploymentLogs() + "/" + programName + "-deployments.log";
  }

  private static String safe(String groupId) {
    checkGroup(groupId);
    return groupId;
  }
}
