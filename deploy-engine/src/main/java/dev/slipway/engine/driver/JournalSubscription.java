package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Store;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One subscriber's place in a journal.
 *
 * <p>Thread-safe. Events are handed over by one thread at a time: whoever raises {@link #asked}
 * from zero takes a turn on the executor, and goes on until nobody has asked meanwhile.
 */
final class JournalSubscription implements Flow.Subscription {

  private static final int AT_ONCE = 256;

  private final Store store;
  private final Executor executor;
  private final DeploymentId id;
  private final Flow.Subscriber<? super RecordedEvent> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Runnable endOfChanges = () -> {};
  private volatile boolean over;
  private long last;

  JournalSubscription(
      Store store,
      Executor executor,
      DeploymentId id,
      long after,
      Flow.Subscriber<? super RecordedEvent> subscriber) {
    this.store = store;
    this.executor = executor;
    this.id = id;
    this.last = after;
    this.subscriber = subscriber;
  }

  void begin() {
    subscriber.onSubscribe(this);
    endOfChanges =
        store.onChange(
            changed -> {
              if (changed.equals(id)) {
                ask();
              }
            });
    if (over) {
      endOfChanges.run();
    }
    ask();
  }

  @Override
  public void request(long more) {
    if (more <= 0) {
      end();
      subscriber.onError(new IllegalArgumentException("request at least 1, not " + more));
      return;
    }
    demand.accumulateAndGet(more, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    ask();
  }

  @Override
  public void cancel() {
    end();
  }

  private void ask() {
    if (asked.getAndIncrement() == 0) {
      executor.execute(this::takeTurn);
    }
  }

  private void takeTurn() {
    int seen;
    do {
      seen = asked.get();
      try {
        handOver();
      } catch (RuntimeException e) {
        end();
        subscriber.onError(e);
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  private void handOver() {
    while (!over && demand.get() > 0) {
      List<JournalEntry> entries = store.journal(id, last, (int) Math.min(demand.get(), AT_ONCE));
      if (entries.isEmpty()) {
        return;
      }
      for (JournalEntry entry : entries) {
        if (over) {
          return;
        }
        RecordedEvent event = JournalCodec.decode(entry);
        last = event.sequence();
        demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
        subscriber.onNext(event);
        event.event().accept(completion);
      }
    }
  }

  private final EventVisitor completion =
      new EventVisitor() {
        @Override
        public void rolloutEnded(RolloutEnded event) {
          if (!over) {
            end();
            subscriber.onComplete();
          }
        }
      };

  private void end() {
    over = true;
    endOfChanges.run();
  }
}
