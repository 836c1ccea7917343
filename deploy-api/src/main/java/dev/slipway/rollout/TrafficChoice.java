package dev.slipway.rollout;

import dev.slipway.failure.RequestException;
import dev.slipway.spi.traffic.TrafficReference;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after traffic, and how.
 *
 * @param control the traffic control, or null when nobody looks after traffic
 * @param blueGreen the hosts from which traffic is switched, or null to deploy in place
 */
public record TrafficChoice(@Nullable TrafficReference control, @Nullable BlueGreen blueGreen) {

  /** Nobody looks after traffic. */
  public static final TrafficChoice NONE = new TrafficChoice(null, null);

  /** Refuses a switch that nobody carries out. */
  public TrafficChoice {
    if (blueGreen != null && control == null) {
      throw new RequestException("blueGreen(…) needs traffic(…): name who switches traffic");
    }
  }

  /** Returns that hosts leave traffic while they are deployed to. */
  public static TrafficChoice of(TrafficReference control) {
    return new TrafficChoice(control, null);
  }
}
