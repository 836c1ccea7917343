package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.Duration;

/**
 * A gate as data: what a stored rollout says of it.
 *
 * @param name the name under which its factory is registered
 * @param version of the gate's own rules, from 1
 * @param parameters JSON text that the factory understands, may be empty
 * @param within how long it may take until it lets the rollout pass; then it counts as refused
 */
public record GateReference(String name, int version, String parameters, Duration within) {

  /** How long a gate may take unless it is said. */
  public static final Duration USUALLY_WITHIN = Duration.ofMinutes(10);

  /**
   * Checks name and time.
   *
   * @throws RequestException if the name is empty or the time is not positive
   */
  public GateReference {
    if (name.isBlank()) {
      throw new RequestException("a gate needs the name under which it is registered");
    }
    if (within.isZero() || within.isNegative()) {
      throw new RequestException(
          "gate '" + name + "' must have more than 0 s to pass, but was " + within);
    }
  }

  /**
   * Returns what it is called in events and messages: its name, its version unless that is 1, and
   * its parameters if any.
   */
  public String label() {
    String called = version == 1 ? name : name + " version " + version;
    return parameters.isEmpty() ? called : called + " " + parameters;
  }

  /** Returns version 1 of a gate, without parameters. */
  public static GateReference named(String name) {
    return new GateReference(name, 1, "", USUALLY_WITHIN);
  }

  /** Returns this gate with other parameters. */
  public GateReference with(String json) {
    return new GateReference(name, version, json, within);
  }

  /** Returns this gate with another time to pass. */
  public GateReference within(Duration time) {
    return new GateReference(name, version, parameters, time);
  }
}
