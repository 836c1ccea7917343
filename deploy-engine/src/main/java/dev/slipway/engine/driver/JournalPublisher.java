package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.RecordedEvent;
import dev.slipway.spi.store.Store;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Publishes the events of a rollout as they are in the store. Each subscriber reads at its own
 * pace, so a slow one delays nobody and misses nothing.
 */
final class JournalPublisher implements Flow.Publisher<RecordedEvent> {

  private final Store store;
  private final Executor executor;
  private final DeploymentId id;
  private final long after;

  JournalPublisher(Store store, Executor executor, DeploymentId id, long after) {
    this.store = store;
    this.executor = executor;
    this.id = id;
    this.after = after;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super RecordedEvent> subscriber) {
    new JournalSubscription(store, executor, id, after, subscriber).begin();
  }
}
