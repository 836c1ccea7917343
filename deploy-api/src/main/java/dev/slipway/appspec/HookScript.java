package dev.slipway.appspec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One script of a lifecycle event.
 *
 * @param location path inside the bundle
 * @param timeout how long it may run, whole seconds, at least one; CodeDeploy gives 3600 s unless
 *     the AppSpec says otherwise
 * @param runAs the account it runs as, or null for the executor's own
 * @param sudo whether it runs through {@code sudo}
 * @param arguments what the script gets, each as one argument; CodeDeploy's own agent passes none
 * @param environment variables for this script alone, by name; a variable of the deployment with
 *     the same name goes before. CodeDeploy's own agent sets none of these, and {@code sudo} may
 *     drop them
 */
public record HookScript(
    String location,
    Duration timeout,
    @Nullable String runAs,
    boolean sudo,
    List<String> arguments,
    Map<String, String> environment) {

  /** What a script gets when the AppSpec names no timeout. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  /** The variables that CodeDeploy gives every script. */
  private static final Set<String> OF_THE_DEPLOYMENT =
      Set.of(
          "LIFECYCLE_EVENT",
          "DEPLOYMENT_ID",
          "APPLICATION_NAME",
          "DEPLOYMENT_GROUP_NAME",
          "DEPLOYMENT_GROUP_ID");

  /** Refuses a timeout under one second, and copies the collections in. */
  public HookScript {
    if (timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("timeout must be at least 1 s, but was " + timeout);
    }
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Makes a script without arguments and without variables of its own. */
  public HookScript(String location, Duration timeout, @Nullable String runAs, boolean sudo) {
    this(location, timeout, runAs, sudo, List.of(), Map.of());
  }

  /** Returns whether only a deployment may set the variable of this name, and no AppSpec. */
  public static boolean isReserved(String name) {
    return OF_THE_DEPLOYMENT.contains(name)
        || name.startsWith("BUNDLE_")
        || name.startsWith("SLIPWAY_");
  }
}
