package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.failure.StoreException;
import dev.slipway.spi.store.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's place in a journal.
 *
 * <p>Thread-safe. Events are handed over by one thread at a time: whoever raises {@link #asked}
 * from zero takes a turn on the executor, and goes on until nobody has asked meanwhile.
 */
final class JournalSubscription implements Flow.Subscription {

  private static final int AT_ONCE = 256;

  /** A store may miss to tell of a change, so it is asked now and then. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(JournalSubscription.class);

  private final DriverServices services;
  private final DeploymentId id;
  private final Flow.Subscriber<? super RecordedEvent> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Runnable endOfChanges = () -> {};
  private volatile Runnable nextLook = () -> {};
  private volatile boolean over;
  private long last;

  JournalSubscription(
      DriverServices services,
      DeploymentId id,
      long after,
      Flow.Subscriber<? super RecordedEvent> subscriber) {
    this.services = services;
    this.id = id;
    this.last = after;
    this.subscriber = subscriber;
  }

  void begin() {
    subscriber.onSubscribe(this);
    endOfChanges =
        services
            .store()
            .onChange(
                changed -> {
                  if (changed.equals(id)) {
                    ask();
                  }
                });
    if (over) {
      endOfChanges.run();
    }
    look();
  }

  private void look() {
    if (!over) {
      ask();
      lookAgain();
    }
  }

  private void lookAgain() {
    try {
      nextLook = services.timers().at(services.timers().instant().plus(LOOK_EVERY), this::look);
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} its events are not looked for: the engine is closed", id, e);
    }
    if (over) {
      nextLook.run();
    }
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
      try {
        services.threads().execute(this::takeTurn);
      } catch (RejectedExecutionException e) {
        end();
        LOG.debug("deployment={} its events are not handed over: the engine is closed", id, e);
      }
    }
  }

  private void takeTurn() {
    int seen;
    do {
      seen = asked.get();
      try {
        handOver();
      } catch (StoreException e) {
        endUnlessRetryable(e);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        end();
        subscriber.onError(e);
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /** A store that is away just now is asked again at the next look. */
  private void endUnlessRetryable(StoreException e) {
    if (e.isRetryable()) {
      LOG.debug("deployment={} its events cannot be read just now", id, e);
    } else {
      end();
      subscriber.onError(e);
    }
  }

  private void handOver() {
    while (!over && demand.get() > 0) {
      List<JournalEntry> entries =
          services.store().journal(id, last, (int) Math.min(demand.get(), AT_ONCE));
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
    nextLook.run();
  }
}
