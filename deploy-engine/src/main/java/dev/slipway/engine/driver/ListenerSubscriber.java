package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.event.RecordedEvent;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to a listener; one that throws is heard of, and goes on. */
final class ListenerSubscriber implements Flow.Subscriber<RecordedEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerSubscriber.class);

  private final DeploymentId id;
  private final Consumer<RecordedEvent> listener;

  ListenerSubscriber(DeploymentId id, Consumer<RecordedEvent> listener) {
    this.id = id;
    this.listener = listener;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(RecordedEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      LOG.warn("deployment={} a listener threw at event {}", id, event.sequence(), e);
    }
  }

  @Override
  public void onError(Throwable error) {
    LOG.warn("deployment={} its events cannot be read any more", id, error);
  }

  @Override
  public void onComplete() {}
}
