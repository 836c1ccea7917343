package dev.slipway.engine.simulation;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.fleet.HostId;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;

/**
 * Hosts that answer at once and take a while for each event, the bad ones failing at theirs. How
 * long depends on seed, host and event alone, so the order of things does not change it.
 */
final class SteadyHosts implements HostModel {

  private static final Diagnostics FAILED =
      new Diagnostics(LifecycleErrorCode.SCRIPT_FAILED, "simulated.sh", "exit code 1", "");

  private final NavigableMap<Integer, LifecycleEvent> failures;
  private final Durations durations;

  SteadyHosts(NavigableMap<Integer, LifecycleEvent> failures, Durations durations) {
    this.failures = failures;
    this.durations = durations;
  }

  /** How long events take. */
  @FunctionalInterface
  interface Durations {

    /**
     * How long an event takes.
     *
     * @param position of the host, from 1
     */
    Duration of(int position, LifecycleEvent event);

    /** One to twenty seconds each, from a seed. */
    static Durations seeded(long seed) {
      return (position, event) -> {
        long mixed = seed * 0x9E3779B97F4A7C15L + position * 31L + event.wireName().hashCode();
        return Duration.ofMillis(new SplittableRandom(mixed).nextInt(1_000, 20_001));
      };
    }
  }

  @Override
  public List<Report> reports(int position, Effect.Offer offer) {
    HostId host = offer.host();
    LifecycleEvent event = offer.event();
    boolean fails = failures.get(position + 1) == event;
    Diagnostics end = fails ? FAILED : Diagnostics.SUCCEEDED;
    return List.of(
        new Report(Duration.ZERO, at -> new Input.Acknowledged(at, host, event, offer.attempt())),
        new Report(
            durations.of(position + 1, event),
            at -> new Input.Finished(at, host, event, offer.attempt(), end)));
  }
}
