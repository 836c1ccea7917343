package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.spi.store.JournalEntry;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Prints one line of JSON for each event: deployment, sequence, instant and kind, then what the
 * event says.
 *
 * <p>Called by one thread; {@link #awaitEnd} by any.
 */
final class EventJson implements Consumer<RecordedEvent> {

  private final DeploymentId deployment;
  private final PrintWriter out;
  private final CountDownLatch ended = new CountDownLatch(1);

  EventJson(DeploymentId deployment, PrintWriter out) {
    this.deployment = deployment;
    this.out = out;
  }

  @Override
  public void accept(RecordedEvent recorded) {
    JournalEntry entry = JournalCodec.encode(recorded);
    ObjectNode line =
        JsonText.object()
            .put("deployment", deployment.value())
            .put("sequence", entry.sequence())
            .put("at", entry.at().toString())
            .put("kind", entry.type());
    line.setAll(JsonText.parsed(entry.json()));
    out.println(JsonText.line(line));
    out.flush();
    recorded.event().accept(new End());
  }

  /** Waits until the end is printed; false when that took longer than 10 seconds. */
  boolean awaitEnd() {
    try {
      return ended.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets go whoever waits for the end. */
  private final class End implements EventVisitor {
    @Override
    public void rolloutEnded(RolloutEnded event) {
      ended.countDown();
    }
  }
}
