package dev.slipway.rollout;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What else can be said of a rollout.
 *
 * @param fileExistsBehavior what happens to files in the way, where the AppSpec does not say
 * @param autoRollback after which outcomes the last revision that worked comes back
 * @param ignoreApplicationStopFailures whether a host goes on when scripts of the old revision fail
 *     before traffic is gone and the application has stopped
 * @param appSpecFile name of the AppSpec in the bundle
 * @param description free text, at most 256 characters
 */
public record RolloutOptions(
    FileExistsBehavior fileExistsBehavior,
    Set<AutoRollbackEvent> autoRollback,
    boolean ignoreApplicationStopFailures,
    String appSpecFile,
    String description) {

  /** What CodeDeploy does unless told otherwise. */
  public static final RolloutOptions DEFAULT =
      new RolloutOptions(FileExistsBehavior.DISALLOW, Set.of(), false, "appspec.yml", "");

  /** Copies the set in and checks the description. */
  public RolloutOptions {
    autoRollback =
        autoRollback.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(autoRollback));
    if (description.length() > 256) {
      throw new IllegalArgumentException(
          "a description has at most 256 characters, but has " + description.length());
    }
  }
}
