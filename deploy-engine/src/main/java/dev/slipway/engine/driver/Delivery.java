package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.spi.store.InboxItem;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One item on its way into an inbox. A host says once how an event ended, so a store that is away
 * just then is tried again until it has the item, or the rollout is over.
 *
 * <p>One attempt at a time.
 */
final class Delivery {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final DriverServices services;
  private final DeploymentId id;
  private final InboxItem item;
  private Duration pause = FIRST_PAUSE;

  Delivery(DriverServices services, DeploymentId id, InboxItem item) {
    this.services = services;
    this.id = id;
    this.item = item;
  }

  /** Delivers the item now, or else later. */
  void attempt() {
    try {
      services.store().deliver(id, item);
    } catch (StoreException e) {
      if (pause.equals(FIRST_PAUSE)) {
        LOG.warn("deployment={} {} cannot be kept yet, and is tried again", id, item.key(), e);
      }
      attemptLater();
      return;
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more, and {} with it", id, item.key(), e);
      return;
    }
    services.supervisor().wake(id);
  }

  private void attemptLater() {
    try {
      services.timers().at(services.timers().instant().plus(pause), this::attemptElsewhere);
    } catch (RejectedExecutionException e) {
      sayClosed(e);
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Timers must not wait for a store. */
  private void attemptElsewhere() {
    try {
      services.threads().execute(this::attempt);
    } catch (RejectedExecutionException e) {
      sayClosed(e);
    }
  }

  private void sayClosed(RejectedExecutionException e) {
    LOG.debug("deployment={} {} is not tried again: the engine is closed", id, item.key(), e);
  }
}
