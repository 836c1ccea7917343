package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a rollout may start hosts, each week again.
 *
 * @param days the days on which it begins, at least one
 * @param from when it begins
 * @param to when it ends; on the next day if that is not after {@code from}
 */
public record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  /**
   * Copies the set in.
   *
   * @throws RequestException if there is no day
   */
  public WeeklyWindow {
    if (days.isEmpty()) {
      throw new RequestException("a window must have at least one day");
    }
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }
}
