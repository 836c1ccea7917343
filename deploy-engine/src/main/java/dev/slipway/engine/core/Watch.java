package dev.slipway.engine.core;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout waits for beside its hosts, and what it has counted for that.
 *
 * @param asked the number of the last question that was asked outside, 0 before any
 * @param passed how many hosts had started at the last checkpoint that was passed, -1 before any
 * @param stands how many checkpoints it has come to
 * @param stand the checkpoint at which it stands, or null
 * @param alarms the alarms, or null when they were never asked for
 * @param window whether hosts may start as far as the window is concerned, or null when nobody has
 *     looked
 * @param pulseBy when the next pulse must have come, or null when none needs to any more
 * @param failures what has failed where
 */
record Watch(
    int asked,
    int passed,
    int stands,
    @Nullable Stand stand,
    @Nullable Check alarms,
    @Nullable WindowState window,
    @Nullable Instant pulseBy,
    Failures failures) {

  static final Watch NONE =
      new Watch(0, -1, 0, null, null, null, null, new Failures(0, Collections.emptyMap()));

  /**
   * A window, and when that changes.
   *
   * @param why why it is closed, or null when it is open
   * @param since since when
   * @param until until when, or null for as long as one can see
   * @param drains whether lifecycle events wait too
   */
  record WindowState(@Nullable String why, Instant since, @Nullable Instant until, boolean drains) {

    boolean isClosed() {
      return why != null;
    }
  }

  /**
   * How many hosts have failed.
   *
   * @param inWave since the last wave has started
   * @param inZone in each zone
   */
  record Failures(int inWave, Map<String, Integer> inZone) {

    Failures {
      inZone = Collections.unmodifiableMap(new TreeMap<>(inZone));
    }

    Failures in(String zone) {
      Map<String, Integer> next = new TreeMap<>(inZone);
      next.merge(zone, 1, Integer::sum);
      return new Failures(inWave + 1, next);
    }

    int mostInZone() {
      return inZone.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
  }

  Watch asked(int round) {
    return new Watch(round, passed, stands, stand, alarms, window, pulseBy, failures);
  }

  Watch standing(Stand at) {
    return new Watch(asked, passed, at.number(), at, alarms, window, pulseBy, failures);
  }

  Watch passed(int started) {
    return new Watch(asked, started, stands, null, alarms, window, pulseBy, failures);
  }

  Watch withAlarms(Check check) {
    return new Watch(asked, passed, stands, stand, check, window, pulseBy, failures);
  }

  Watch with(WindowState state) {
    return new Watch(asked, passed, stands, stand, alarms, state, pulseBy, failures);
  }

  Watch pulseBy(@Nullable Instant until) {
    return new Watch(asked, passed, stands, stand, alarms, window, until, failures);
  }

  Watch with(Failures counted) {
    return new Watch(asked, passed, stands, stand, alarms, window, pulseBy, counted);
  }

  boolean isClosed() {
    return window != null && window.isClosed();
  }
}
