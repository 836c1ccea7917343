package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HostDeployment;
import java.util.List;

/**
 * What a runner is started for.
 *
 * @param root the deployment root on the host, or empty for the one that suits the account
 * @param groupId the deployment group's id
 * @param deploymentId the deployment's id
 * @param appSpecFile the AppSpec's path in a bundle
 * @param otherAppSpecFile its path with the other extension, or empty
 * @param hostRoot the prefix of all paths on the host, or empty
 * @param deploymentsLog the program whose log of all deployments is written, or empty
 */
record RunnerRequest(
    String root,
    String groupId,
    String deploymentId,
    String appSpecFile,
    String otherAppSpecFile,
    String hostRoot,
    String deploymentsLog) {

  /** The program for which a host that is pushed to keeps its log: the agent of AWS. */
  static final String AGENT = "codedeploy-agent";

  /**
   * Returns the request for a deployment on a host with these settings.
   *
   * @param deploymentsLog the program whose log of all deployments is written, or empty
   */
  static RunnerRequest of(HostDeployment deployment, HostSettings settings, String deploymentsLog) {
    String root = settings.deploymentRoot();
    List<String> names = deployment.appSpecFile().candidates();
    return new RunnerRequest(
        root.isEmpty() ? "" : settings.hostRoot() + root,
        deployment.group().id(),
        deployment.id(),
        names.get(0),
        names.size() > 1 ? names.get(1) : "",
        settings.hostRoot(),
        deploymentsLog);
  }
}
