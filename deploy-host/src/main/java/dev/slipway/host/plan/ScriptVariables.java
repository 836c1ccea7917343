package dev.slipway.host.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables that tell a script about its deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html">Environment
 *     variable availability for hooks</a>
 */
public final class ScriptVariables {

  /** Where a host that is one of many on its machine keeps its files; set only on such hosts. */
  public static final String HOST_ROOT = "SLIPWAY_HOST_ROOT";

  /** The unpacked revision that the script comes from. */
  public static final String ARCHIVE_DIRECTORY = "SLIPWAY_ARCHIVE_DIR";

  /** The command that has failed; set only for {@link LifecycleEvents#ON_FAILURE}. */
  public static final String FAILED_EVENT = "SLIPWAY_FAILED_EVENT";

  private ScriptVariables() {}

  /**
   * Returns the variables, by name.
   *
   * @param event the event that runs
   * @param deployment the deployment, also where scripts of an earlier one run
   * @param paths where the host's files are
   * @param archive the unpacked revision that the scripts come from
   */
  public static Map<String, String> of(
      String event, HostDeployment deployment, HostPaths paths, String archive) {
    Map<String, String> variables = new TreeMap<>(deployment.revisionVariables());
    variables.put("LIFECYCLE_EVENT", event);
    variables.put("DEPLOYMENT_ID", deployment.id());
    variables.put("APPLICATION_NAME", deployment.group().application());
    variables.put("DEPLOYMENT_GROUP_NAME", deployment.group().name());
    variables.put("DEPLOYMENT_GROUP_ID", deployment.group().id());
    variables.put(ARCHIVE_DIRECTORY, archive);
    if (!paths.hostRoot().isEmpty()) {
      variables.put(HOST_ROOT, paths.hostRoot());
    }
    return Collections.unmodifiableMap(variables);
  }
}
