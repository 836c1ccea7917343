package dev.slipway.engine.runtime;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of one rollout's driver since it last succeeded. Each is told once. Used by one
 * thread at a time.
 */
final class DrivingFailures {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(DrivingFailures.class);

  private Duration pause = Duration.ZERO;
  private @Nullable String told;

  /** Forgets all of them. */
  void clear() {
    pause = Duration.ZERO;
    told = null;
  }

  /** Returns how long to wait before the next try. */
  Duration pauseAfter(DeploymentId id, Throwable failure) {
    pause = isPermanent(failure) ? LONGEST_PAUSE : longer(pause);
    tell(id, failure);
    return pause;
  }

  /** Whether it does not pass by itself: somebody has to do something about it. */
  private static boolean isPermanent(Throwable failure) {
    return failure instanceof StoreException store && !store.isRetryable();
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    if (doubled.compareTo(FIRST_PAUSE) < 0) {
      return FIRST_PAUSE;
    }
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void tell(DeploymentId id, Throwable failure) {
    String text = failure.toString();
    if (Objects.equals(text, told)) {
      LOG.debug("deployment={} driving failed as before, again in {}", id, pause);
    } else {
      told = text;
      LOG.warn(
          "deployment={} driving failed, again in {}, and as long as it fails so",
          id,
          pause,
          failure);
    }
  }
}
