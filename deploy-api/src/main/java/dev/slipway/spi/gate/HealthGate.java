package dev.slipway.spi.gate;

/**
 * Says whether a host, or the fleet so far, is well: a health page, a metric, a test suite.
 *
 * <p>Called on threads of the engine, by up to 32 at once for hosts and 32 for fleets, perhaps
 * again after a crash; an answer that takes too long or an exception is asked for again within
 * limits, and then counts as {@link GateAnswer#notYet}.
 */
@FunctionalInterface
public interface HealthGate {

  /** Answers one question. May block, and is interrupted when it takes too long. */
  GateAnswer check(GateQuestion question);
}
