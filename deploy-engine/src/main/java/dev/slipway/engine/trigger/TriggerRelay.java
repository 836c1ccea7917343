package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.failure.RequestException;
import dev.slipway.spi.store.Documents;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.trigger.TriggerSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells triggers of rollouts, at least once each: a durable cursor moves on after a message has
 * been handed over, so a crash repeats and never loses, as long as the rollout is kept.
 *
 * <p>Thread-safe. No rollout waits for it.
 */
public final class TriggerRelay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TriggerRelay.class);
  private static final int THREADS = 4;
  private static final int SECONDS_TO_CLOSE = 5;

  private final RelayParts parts;
  private final ExecutorService executor;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<DeploymentId> changed = ConcurrentHashMap.newKeySet();
  private volatile Runnable endOfChanges = () -> {};

  /**
   * Makes one that does nothing yet.
   *
   * @param store the rollouts
   * @param documents where cursors are kept
   * @param book the triggers of groups
   * @param sinks who takes messages; without any, nobody is ever told
   * @param timers the clock
   */
  public TriggerRelay(
      Store store, Documents documents, TriggerBook book, List<TriggerSink> sinks, Timers timers) {
    executor = Executors.newFixedThreadPool(THREADS, NamedThreads.daemons("slipway-triggers"));
    parts =
        new RelayParts(store, new Cursors(documents), book, sinks, timers, this::executeUnlessOver);
  }

  /** Begins with what is kept, and goes on with what comes. Returns at once. */
  public void start() {
    if (parts.sinks().isEmpty()) {
      return;
    }
    endOfChanges = parts.store().onChange(this::look);
    executeUnlessOver(this::lookAtAll);
  }

  private void executeUnlessOver(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile", e);
    }
  }

  private void lookAtAll() {
    List<DeploymentId> kept = parts.store().newest(Integer.MAX_VALUE);
    parts.cursors().sweep(Set.copyOf(kept));
    for (int oldestFirst = kept.size() - 1; oldestFirst >= 0; oldestFirst--) {
      look(kept.get(oldestFirst));
    }
  }

  private void look(DeploymentId deployment) {
    if (changed.add(deployment)) {
      executeUnlessOver(() -> askLanes(deployment));
    }
  }

  private void askLanes(DeploymentId deployment) {
    changed.remove(deployment);
    RolloutHeader header;
    try {
      header = parts.store().header(deployment);
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more", deployment, e);
      return;
    }
    parts
        .book()
        .of(header.application(), header.deploymentGroup())
        .ifPresent(
            group ->
                group.triggers().forEach(since -> lane(deployment, since.trigger().name()).ask()));
  }

  private Lane lane(DeploymentId deployment, String trigger) {
    String key = deployment + "/" + trigger;
    return lanes.computeIfAbsent(
        key, k -> new Lane(parts, deployment, trigger, () -> lanes.remove(k)));
  }

  /** Ends within a bound. What has not been told will be by the next one. */
  @Override
  public void close() {
    endOfChanges.run();
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        LOG.warn("a trigger sink does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
