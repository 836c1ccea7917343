package dev.slipway.testkit.fleet;

import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What everything in a simulation shares: one clock, one source of chance, one log. Everything
 * happens on one thread. Not thread-safe.
 */
final class World {

  /** How deep steps may be interrupted: what freezes may not freeze what replaces it for ever. */
  private static final int DEEPEST = 3;

  private static final int LINES_KEPT = 400;

  final VirtualTimers timers = new VirtualTimers();
  final Chance chance;
  private final boolean tracing;
  private final Deque<String> lines = new ArrayDeque<>();
  private int depth;
  private long steps;

  World(Chance chance, boolean tracing) {
    this.chance = chance;
    this.tracing = tracing;
  }

  Instant now() {
    return timers.instant();
  }

  /** A number that rises with everything that happens. */
  long step() {
    return ++steps;
  }

  long steps() {
    return steps;
  }

  void after(Duration time, Runnable task) {
    timers.at(now().plus(time), task);
  }

  boolean mayFreeze() {
    return depth < DEEPEST;
  }

  /** Lets everything else go on for a while, in the middle of whatever happens now. */
  void freeze(Duration time) {
    Instant until = now().plus(time);
    depth++;
    try {
      boolean more = true;
      while (more) {
        more = timers.runNext(until);
      }
      timers.advance(Duration.between(now(), until));
    } finally {
      depth--;
    }
  }

  /** Carries a message between a controller and a host, as well as the network is just now. */
  void send(Supplier<String> what, Runnable arrival) {
    if (chance.strikes(Fault.DROP)) {
      trace(() -> "lost: " + what.get());
      return;
    }
    int copies = chance.strikes(Fault.DUPLICATE) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      Duration travel =
          chance.strikes(Fault.DELAY) ? chance.millis(50, 45_000) : chance.millis(1, 20);
      after(
          travel,
          () -> {
            step();
            arrival.run();
          });
    }
  }

  void trace(Supplier<String> line) {
    if (tracing) {
      if (lines.size() == LINES_KEPT) {
        lines.removeFirst();
      }
      long millis = Duration.between(VirtualTimers.START, now()).toMillis();
      lines.addLast("%,9d ms %s%s".formatted(millis, "  ".repeat(depth), line.get()));
    }
  }

  /** The last things that happened, if they were traced. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
