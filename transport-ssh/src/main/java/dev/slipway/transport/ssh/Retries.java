package dev.slipway.transport.ssh;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When connections may be begun, the first time and again. Nobody waits here. Thread-safe. */
final class Retries {

  private static final int MOST_DOUBLINGS = 40;
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final IntervalFunction pauses;
  private final @Nullable RateLimiter starts;

  Retries(ConnectionPolicy policy) {
    pauses =
        policy.jitter() == 0
            ? IntervalFunction.ofExponentialBackoff(policy.firstPause(), 2, policy.longestPause())
            : IntervalFunction.ofExponentialRandomBackoff(
                policy.firstPause(), 2, policy.jitter(), policy.longestPause());
    starts = policy.startsPerSecond() == 0 ? null : limiter(policy.startsPerSecond());
  }

  /** One start in each of many short periods, so that they do not come in bursts. */
  private static RateLimiter limiter(int startsPerSecond) {
    return RateLimiter.of(
        "slipway-ssh-starts",
        RateLimiterConfig.custom()
            .limitForPeriod(1)
            .limitRefreshPeriod(Duration.ofNanos(SECOND_NANOS / startsPerSecond))
            .timeoutDuration(Duration.ofDays(1))
            .build());
  }

  /** Returns the pause after so many failures in a row, at least one. */
  Duration pauseAfter(int failures) {
    return Duration.ofMillis(pauses.apply(Math.min(failures, MOST_DOUBLINGS)));
  }

  /** Takes the next place among the connections to begin, and returns how long to wait for it. */
  Duration untilNextStart() {
    return starts == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, starts.reservePermission()));
  }
}
