package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.RecordedEvent;
import java.util.concurrent.Flow;

/**
 * Publishes the events of a rollout as they are in the store. Each subscriber reads at its own
 * pace, so a slow one delays nobody and misses nothing.
 */
final class JournalPublisher implements Flow.Publisher<RecordedEvent> {

  private final DriverServices services;
  private final DeploymentId id;
  private final long after;

  JournalPublisher(DriverServices services, DeploymentId id, long after) {
    this.services = services;
    this.id = id;
    this.after = after;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super RecordedEvent> subscriber) {
    new JournalSubscription(services, id, after, subscriber).begin();
  }
}
