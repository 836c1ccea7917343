package dev.slipway.host.plan;

import dev.slipway.host.appspec.AppSpecName;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a host must know of a deployment.
 *
 * @param id the deployment's id, for example {@code d-9A8B7C6D5}; the name of its directory
 * @param group whose deployment it is
 * @param creator who made it: {@code user}, {@code autoscaling}, {@code codeDeployRollback}
 * @param type in place or blue/green
 * @param appSpecFile the AppSpec's path inside the bundle
 * @param fileExistsBehavior what to do with files in the way where the AppSpec does not say, upper
 *     case; judged only when a file is in the way, so any text is accepted
 * @param revisionVariables {@code BUNDLE_*} variables for scripts: {@code BUNDLE_BUCKET}, {@code
 *     BUNDLE_KEY}, {@code BUNDLE_VERSION}, {@code BUNDLE_ETAG} of S3 revisions, {@code
 *     BUNDLE_COMMIT} of GitHub revisions, none of others
 */
public record HostDeployment(
    String id,
    DeploymentGroup group,
    String creator,
    Type type,
    AppSpecName appSpecFile,
    String fileExistsBehavior,
    Map<String, String> revisionVariables) {

  /** The creator of an automatic rollback. */
  public static final String ROLLBACK = "codeDeployRollback";

  /** How a deployment replaces what is there. */
  public enum Type {
    /** On the hosts that run the old revision. */
    IN_PLACE,
    /** On new hosts. */
    BLUE_GREEN
  }

  /** Checks the names that become paths, and copies the variables in. */
  public HostDeployment {
    SafeName.check("deployment id", id);
    fileExistsBehavior = fileExistsBehavior.toUpperCase(Locale.ROOT);
    revisionVariables = Collections.unmodifiableMap(new TreeMap<>(revisionVariables));
  }

  /** Returns an in-place deployment by a user with CodeDeploy's defaults. */
  public static HostDeployment of(String id, DeploymentGroup group) {
    return new HostDeployment(
        id, group, "user", Type.IN_PLACE, AppSpecName.DEFAULT, "DISALLOW", Map.of());
  }

  /** Returns whether this is the rollback of a blue/green deployment. */
  boolean isBlueGreenRollback() {
    return creator.equals(ROLLBACK) && type == Type.BLUE_GREEN;
  }
}
