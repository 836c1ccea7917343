package dev.slipway.engine.core;

import java.time.Instant;

/**
 * Which looks at the traffic control are to come.
 *
 * @param waiting how many hosts wait for BlockTraffic or AllowTraffic
 * @param lookAt when it is asked next, {@link Instant#MAX} while none waits
 */
record TrafficWatch(int waiting, Instant lookAt) {

  static final TrafficWatch NONE = new TrafficWatch(0, Instant.MAX);

  /** One more host waits. */
  TrafficWatch switched(Instant at) {
    Instant soon = at.plus(TrafficRules.FIRST_LOOK);
    return new TrafficWatch(waiting + 1, soon.isBefore(lookAt) ? soon : lookAt);
  }

  /** One host fewer waits. */
  TrafficWatch settled() {
    return waiting == 1 ? NONE : new TrafficWatch(waiting - 1, lookAt);
  }

  TrafficWatch looked(Instant next) {
    return new TrafficWatch(waiting, waiting == 0 ? Instant.MAX : next);
  }
}
