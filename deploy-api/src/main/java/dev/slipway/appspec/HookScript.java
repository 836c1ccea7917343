package dev.slipway.appspec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One script of a lifecycle event.
 *
 * @param location path inside the bundle
 * @param timeout how long it may run, whole seconds, at least one; CodeDeploy gives 3600 s unless
 *     the AppSpec says otherwise
 * @param runAs the account it runs as, or null for the executor's own
 * @param sudo whether it runs through {@code sudo}
 */
public record HookScript(String location, Duration timeout, @Nullable String runAs, boolean sudo) {

  /** What a script gets when the AppSpec names no timeout. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  /** Refuses a timeout under one second. */
  public HookScript {
    if (timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("timeout must be at least 1 s, but was " + timeout);
    }
  }
}
