package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.store.Documents;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.trigger.TriggerSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final int THREADS = 16;
  private static final int SECONDS_TO_CLOSE = 5;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final RelayParts parts;
  private final ExecutorService executor;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<DeploymentId, RolloutSummary> summaries = new ConcurrentHashMap<>();
  private final Set<DeploymentId> changed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch idle = new CountDownLatch(1);
  private volatile boolean closing;
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
    executeUnlessOver(() -> persist(this::lookAtAll));
  }

  private void executeUnlessOver(Runnable task) {
    waiting.incrementAndGet();
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } finally {
              oneIsDone();
            }
          });
    } catch (RejectedExecutionException e) {
      oneIsDone();
      LOG.debug("closed meanwhile", e);
    }
  }

  private void oneIsDone() {
    if (waiting.decrementAndGet() == 0 && closing) {
      idle.countDown();
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
      executeUnlessOver(() -> persist(() -> askLanes(deployment)));
    }
  }

  private void askLanes(DeploymentId deployment) {
    changed.remove(deployment);
    try {
      RolloutSummary summary = summaries.computeIfAbsent(deployment, parts::summary);
      List<GroupTriggers.Since> triggers =
          parts
              .book()
              .of(summary.application(), summary.deploymentGroup())
              .map(GroupTriggers::triggers)
              .orElse(List.of());
      triggers.forEach(since -> lane(deployment, since.trigger().name()).ask());
      if (triggers.isEmpty() && parts.store().isOver(deployment)) {
        summaries.remove(deployment);
      }
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more", deployment, e);
      summaries.remove(deployment);
    }
  }

  /** Does something now, or again in a while when the store is away. */
  private void persist(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("looking for what triggers are to be told failed, next try in {}", LOOK_AGAIN, e);
      Runnable unused =
          parts
              .timers()
              .at(
                  parts.timers().instant().plus(LOOK_AGAIN),
                  () -> executeUnlessOver(() -> persist(task)));
    }
  }

  private Lane lane(DeploymentId deployment, String trigger) {
    String key = deployment + "/" + trigger;
    return lanes.computeIfAbsent(
        key, k -> new Lane(parts, deployment, trigger, () -> endLane(k, deployment)));
  }

  private void endLane(String key, DeploymentId deployment) {
    lanes.remove(key);
    summaries.remove(deployment);
  }

  /**
   * Ends within a bound, when what is known by now has been told, but for what cannot be. The rest
   * is told by the next one.
   */
  @Override
  public void close() {
    endOfChanges.run();
    lanes.values().forEach(Lane::ask);
    waiting.incrementAndGet();
    closing = true;
    oneIsDone();
    try {
      if (!idle.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        LOG.warn("a trigger sink takes long: what has not been told will be later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }
}
