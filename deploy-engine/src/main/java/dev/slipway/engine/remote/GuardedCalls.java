package dev.slipway.engine.remote;

import dev.slipway.spi.telemetry.CallOutcome;
import dev.slipway.spi.telemetry.Telemetry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one remote thing, under one policy. Thread-safe.
 *
 * <p>From the outside in: a call that may be repeated is; each attempt is refused while the thing
 * is left alone, waits for its turn when there are too many, and is interrupted when it takes too
 * long.
 */
final class GuardedCalls {

  /** How long a call waits for its turn, in periods of the rate, which are seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final CallPolicy policy;
  private final Function<String, RuntimeException> unavailable;
  private final Surroundings surroundings;
  private final Retry retry;
  private final @Nullable CircuitBreaker breaker;
  private final @Nullable RateLimiter limiter;

  /**
   * What calls are made with.
   *
   * @param clock measures them
   * @param threads where calls with a time limit are made
   * @param telemetry hears of them
   */
  record Surroundings(InstantSource clock, ExecutorService threads, Telemetry telemetry) {}

  /**
   * Guards calls.
   *
   * @param name what is called
   * @param isAway whether a failure says that it is away just now
   * @param unavailable what is thrown, with a message, when a call is not made or took too long
   */
  GuardedCalls(
      String name,
      CallPolicy policy,
      Predicate<Throwable> isAway,
      Function<String, RuntimeException> unavailable,
      Surroundings surroundings) {
    this.name = name;
    this.policy = policy;
    this.unavailable = unavailable;
    this.surroundings = surroundings;
    Predicate<Throwable> isFailure = failure -> failure instanceof Late || isAway.test(failure);
    this.retry = Retry.of(name, retrying(policy, isFailure));
    this.breaker = breaker(name, policy, isFailure);
    this.limiter = limiter(name, policy);
  }

  private static RetryConfig retrying(CallPolicy policy, Predicate<Throwable> isFailure) {
    return RetryConfig.custom()
        .maxAttempts(policy.attempts())
        .intervalFunction(
            IntervalFunction.ofExponentialRandomBackoff(
                policy.firstPause(), 2, policy.jitter(), policy.longestPause()))
        .retryOnException(isFailure)
        .build();
  }

  private static @Nullable CircuitBreaker breaker(
      String name, CallPolicy policy, Predicate<Throwable> isFailure) {
    int failures = policy.failuresBeforeRest();
    return failures == 0
        ? null
        : CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(failures)
                .minimumNumberOfCalls(failures)
                .failureRateThreshold(100)
                .waitDurationInOpenState(policy.rest())
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(isFailure)
                .build());
  }

  private static @Nullable RateLimiter limiter(String name, CallPolicy policy) {
    return policy.callsPerSecond() == 0
        ? null
        : RateLimiter.of(
            name,
            RateLimiterConfig.custom()
                .limitForPeriod(policy.callsPerSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(LONGEST_WAIT)
                .build());
  }

  /** Makes a call that may be repeated. */
  <T> T repeatably(String method, Supplier<T> call) {
    int[] attempts = {0};
    return metered(
        method,
        () ->
            retry.executeSupplier(
                () -> {
                  if (attempts[0]++ > 0) {
                    surroundings.telemetry().retried(name + "." + method);
                  }
                  return attempt(call);
                }));
  }

  /** Makes a call that must not be repeated, because it may have been heard. */
  <T> T once(String method, Supplier<T> call) {
    return metered(method, () -> attempt(call));
  }

  private <T> T metered(String method, Supplier<T> call) {
    Instant begin = surroundings.clock().instant();
    CallOutcome outcome = CallOutcome.FAILED;
    try {
      T answer = call.get();
      outcome = CallOutcome.ANSWERED;
      return answer;
    } catch (Late e) {
      throw unavailable.apply(
          "the %s did not answer within %s".formatted(name, policy.timeLimit()));
    } catch (CallNotPermittedException e) {
      outcome = CallOutcome.NOT_MADE;
      throw unavailable.apply(
          "the %s is left alone for %s, because it failed %d times in a row: mend it, then try again"
              .formatted(name, policy.rest(), policy.failuresBeforeRest()));
    } catch (RequestNotPermitted e) {
      outcome = CallOutcome.NOT_MADE;
      throw unavailable.apply(
          "the %s is called more than %d times a second: call it less, or allow more"
              .formatted(name, policy.callsPerSecond()));
    } finally {
      surroundings
          .telemetry()
          .called(
              name + "." + method,
              outcome,
              Duration.between(begin, surroundings.clock().instant()));
    }
  }

  private <T> T attempt(Supplier<T> call) {
    Supplier<T> guarded = policy.timeLimit() == null ? call : () -> inTime(call);
    if (limiter != null) {
      guarded = RateLimiter.decorateSupplier(limiter, guarded);
    }
    return breaker == null ? guarded.get() : breaker.executeSupplier(guarded);
  }

  private <T> T inTime(Supplier<T> call) {
    Duration limit = policy.timeLimit();
    if (limit == null) {
      return call.get();
    }
    Future<T> answer = surroundings.threads().submit(call::get);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Late();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable.apply("waiting for the " + name + " was interrupted");
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }

  /** An attempt that took too long. */
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Late() {
      super("too late", null, false, false);
    }
  }
}
