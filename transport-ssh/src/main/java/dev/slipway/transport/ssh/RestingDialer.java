package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.UnreachableReason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leaves hosts alone for a while that could not be reached again and again: a try that is bound to
 * fail costs a thread for as long as it takes to fail. Thread-safe.
 */
final class RestingDialer implements Dialer {

  private static final float EACH_ONE = 100;
  private static final String NAME = "slipway-ssh-rest";

  /** After its rest; a host that is still wanted is tried far more often. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Dialer dialer;
  private final ConnectionPolicy policy;
  private final Clock clock;
  private final CircuitBreakerConfig config;

  /**
   * Only of ways whose last connection failed. The same address behind another server is another
   * host, and one account may be refused where another one is let in.
   */
  private final Map<List<Hop>, Failing> failing = new ConcurrentHashMap<>();

  private record Failing(CircuitBreaker breaker, Instant last) {}

  private RestingDialer(Dialer dialer, ConnectionPolicy policy, Clock clock) {
    this.dialer = dialer;
    this.policy = policy;
    this.clock = clock;
    this.config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(policy.failuresBeforeRest())
            .minimumNumberOfCalls(policy.failuresBeforeRest())
            .failureRateThreshold(EACH_ONE)
            .waitDurationInOpenState(policy.rest())
            .permittedNumberOfCallsInHalfOpenState(1)
            .clock(clock)
            .build();
  }

  /** Returns the dialer with rests, if the policy asks for them. */
  static Dialer around(Dialer dialer, ConnectionPolicy policy, Clock clock) {
    return policy.failuresBeforeRest() == 0 ? dialer : new RestingDialer(dialer, policy, clock);
  }

  @Override
  public RunnerLink dial(Host host, HostSettings settings, RunnerRequest request)
      throws LinkFailure {
    List<Hop> way = settings.hops();
    Failing known = failing.get(way);
    CircuitBreaker breaker = known == null ? null : known.breaker();
    if (breaker != null && !breaker.tryAcquirePermission()) {
      // Not a final reason: it may be that the host is back by now.
      throw new LinkFailure(
          UnreachableReason.TIMED_OUT,
          settings.way()
              + " could not be reached "
              + policy.failuresBeforeRest()
              + " times in a row, so it is left alone for "
              + policy.rest().toSeconds()
              + " s.",
          null);
    }
    boolean answered = false;
    try {
      RunnerLink link = dialer.dial(host, settings, request);
      answered = true;
      failing.remove(way);
      return link;
    } catch (LinkFailure e) {
      answered = true;
      failed(way, e);
      throw e;
    } finally {
      if (!answered) {
        release(breaker);
      }
    }
  }

  @Override
  public void probe() {
    // Some hosts never come back, and nobody says so.
    Instant forgotten = clock.instant().minus(policy.rest()).minus(REMEMBERED);
    failing.values().removeIf(one -> one.last().isBefore(forgotten));
    dialer.probe();
  }

  @Override
  public void expire() {
    dialer.expire();
  }

  @Override
  public void close() {
    dialer.close();
  }

  private void failed(List<Hop> way, LinkFailure failure) {
    Instant now = clock.instant();
    failing
        .compute(
            way,
            (same, known) ->
                new Failing(known == null ? CircuitBreaker.of(NAME, config) : known.breaker(), now))
        .breaker()
        .onError(0, TimeUnit.NANOSECONDS, failure);
  }

  private static void release(@Nullable CircuitBreaker breaker) {
    if (breaker != null) {
      breaker.releasePermission();
    }
  }
}
