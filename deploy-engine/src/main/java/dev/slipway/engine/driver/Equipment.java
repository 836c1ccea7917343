package dev.slipway.engine.driver;

import dev.slipway.engine.core.RolloutCore;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.StrategyReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rollout is decided and carried out with, made by what this process has registered. A part
 * that cannot be made now is as good as not known: what else there is to do goes on.
 *
 * @param core decides
 * @param control switches traffic, or null for a rollout without, or when there is none now
 * @param retryAt when to try again to make what could not be made, or null when all was
 */
record Equipment(RolloutCore core, @Nullable TrafficControl control, @Nullable Instant retryAt) {

  private static final Duration RETRY_EVERY = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Equipment.class);

  static Equipment of(DriverServices services, RolloutRecord record) {
    TrafficReference reference = record.definition().lifecycle().traffic();
    if (reference == null) {
      return of(services, record, null);
    }
    try {
      Optional<TrafficControl> control = services.traffic().apply(reference);
      return control.isPresent()
          ? of(services, record, control.get())
          : new Equipment(RolloutCore.withoutTraffic(reference), null, null);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return without(services, record, null, reference.inWords(), e);
    }
  }

  private static Equipment of(
      DriverServices services, RolloutRecord record, @Nullable TrafficControl control) {
    StrategyReference strategy = record.strategy();
    try {
      RolloutCore core =
          services
              .strategies()
              .find(strategy)
              .map(found -> new RolloutCore(strategy.name(), found))
              .orElseGet(() -> RolloutCore.withoutStrategy(strategy.name(), strategy.version()));
      return new Equipment(core, control, null);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      String part = "strategy " + strategy.name() + " version " + strategy.version();
      return without(services, record, control, part, e);
    }
  }

  private static Equipment without(
      DriverServices services,
      RolloutRecord record,
      @Nullable TrafficControl control,
      String part,
      Throwable failure) {
    LOG.warn(
        "deployment={} has no {}, next try in {}",
        record.definition().deployment(),
        part,
        RETRY_EVERY,
        failure);
    return new Equipment(
        RolloutCore.without(part, failure.toString()),
        control,
        services.timers().instant().plus(RETRY_EVERY));
  }

  /** Whether there is something here that the other lacks because it could not be made. */
  boolean hasMoreThan(Equipment other) {
    return retryAt == null || (control != null && other.control == null);
  }
}
