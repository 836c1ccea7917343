package dev.slipway.examples.screen;

import dev.slipway.event.EventVisitor;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.examples.cli.Console;
import dev.slipway.fleet.HostId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shows a rollout while it goes on: a picture that is redrawn in a terminal, otherwise lines. Hand
 * it to {@code Rollout.onEvent}.
 *
 * <p>Thread-safe: guarded by its own monitor.
 */
public final class RolloutScreen implements Consumer<RecordedEvent> {

  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE_AND_GO_ON = "\u001b[K\n";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Console console;
  private final FleetPicture picture;
  private final EventLines lines;
  private final CountDownLatch ended = new CountDownLatch(1);
  private int drawn;

  /**
   * Prepares a screen; nothing is drawn before the first event.
   *
   * @param hosts the hosts in scheduling order
   */
  public RolloutScreen(Console console, Collection<HostId> hosts) {
    this.console = console;
    this.picture = new FleetPicture(hosts);
    this.lines = new EventLines(console.out());
  }

  /** Shows the event. */
  @Override
  public synchronized void accept(RecordedEvent recorded) {
    if (console.isTerminal()) {
      recorded.event().accept(picture);
      draw();
    } else {
      recorded.event().accept(lines);
    }
    recorded.event().accept(new End());
  }

  /**
   * Waits until the end of the rollout is shown, which may be a little after the end itself.
   *
   * @return false when that took longer than 10 seconds
   */
  public boolean awaitEnd() {
    try {
      return ended.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void draw() {
    List<String> all = picture.lines(console.height(), console.width(), console.isColoured());
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append(UP.formatted(drawn));
    }
    all.forEach(line -> frame.append(line).append(CLEAR_LINE_AND_GO_ON));
    console.out().print(frame.append(CLEAR_BELOW));
    console.out().flush();
    drawn = all.size();
  }

  /** Lets go whoever waits for the end. */
  private final class End implements EventVisitor {
    @Override
    public void rolloutEnded(RolloutEnded event) {
      ended.countDown();
    }
  }
}
