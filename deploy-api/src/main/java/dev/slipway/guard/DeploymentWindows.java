package dev.slipway.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a rollout may start hosts. The time for which it is closed does not count against the time
 * that a rollout may take.
 *
 * @param zone where the clock of the windows is
 * @param open when it may; always, but for freezes, if there is none
 * @param freezes when it may not, whatever windows say
 * @param running what becomes of hosts in flight when it closes
 */
public record DeploymentWindows(
    ZoneId zone, List<WeeklyWindow> open, List<Freeze> freezes, Running running) {

  /** Two weeks of days, and some: what repeats each week has shown itself by then. */
  private static final int DAYS_AHEAD = 15;

  /** Boundaries that are looked at before a search is given up: freezes may be many. */
  private static final int MOST_BOUNDARIES = 10_000;

  /** What becomes of hosts in flight when it closes. */
  public enum Running {
    /** They are completed; the next wave waits. */
    FINISH_WAVE,
    /** The lifecycle events that run are completed; the next ones wait, as in a pause. */
    DRAIN
  }

  /** Copies the lists in. */
  public DeploymentWindows {
    open = List.copyOf(open);
    freezes = List.copyOf(freezes);
  }

  /** Returns whether hosts may start. */
  public boolean isOpen(Instant at) {
    return freezeAt(at).isEmpty()
        && (open.isEmpty() || open.stream().anyMatch(window -> covers(window, at)));
  }

  /** Returns the freeze at an instant, if there is one. */
  public Optional<Freeze> freezeAt(Instant at) {
    return freezes.stream()
        .filter(freeze -> !at.isBefore(freeze.from()) && at.isBefore(freeze.to()))
        .findFirst();
  }

  /** Returns the first instant after this one at which it opens or closes, if there is one. */
  public Optional<Instant> nextChange(Instant at) {
    boolean now = isOpen(at);
    Instant from = at;
    for (int looked = 0; looked < MOST_BOUNDARIES; looked++) {
      Instant next = boundaries(from).higher(from);
      if (next == null) {
        return Optional.empty();
      }
      if (isOpen(next) != now) {
        return Optional.of(next);
      }
      from = next;
    }
    return Optional.empty();
  }

  private boolean covers(WeeklyWindow window, Instant at) {
    LocalDate day = at.atZone(zone).toLocalDate();
    return covers(window, day, at) || covers(window, day.minusDays(1), at);
  }

  private boolean covers(WeeklyWindow window, LocalDate day, Instant at) {
    return window.days().contains(day.getDayOfWeek())
        && !at.isBefore(begin(window, day))
        && at.isBefore(end(window, day));
  }

  private Instant begin(WeeklyWindow window, LocalDate day) {
    return day.atTime(window.from()).atZone(zone).toInstant();
  }

  private Instant end(WeeklyWindow window, LocalDate day) {
    LocalDate last = window.to().isAfter(window.from()) ? day : day.plusDays(1);
    return last.atTime(window.to()).atZone(zone).toInstant();
  }

  private TreeSet<Instant> boundaries(Instant after) {
    TreeSet<Instant> all = new TreeSet<>();
    freezes.forEach(
        freeze -> {
          all.add(freeze.from());
          all.add(freeze.to());
        });
    LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
    for (WeeklyWindow window : open) {
      for (int day = 0; day < DAYS_AHEAD; day++) {
        LocalDate date = first.plusDays(day);
        if (window.days().contains(date.getDayOfWeek())) {
          all.add(begin(window, date));
          all.add(end(window, date));
        }
      }
    }
    return all;
  }
}
