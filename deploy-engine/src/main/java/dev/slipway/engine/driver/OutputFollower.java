package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.rollout.HostOutput;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what scripts print to a listener as it comes into the store, whichever process puts it
 * there, until the rollout is over.
 *
 * <p>One look at a time.
 */
final class OutputFollower {

  /** Nobody is told of output, so the store is asked. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private static final Duration LOOK_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 256;
  private static final Logger LOG = LoggerFactory.getLogger(OutputFollower.class);

  private final DriverServices services;
  private final DeploymentId id;
  private final Consumer<HostOutput> listener;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private long last;
  private boolean wasOver;

  OutputFollower(DriverServices services, DeploymentId id, Consumer<HostOutput> listener) {
    this.services = services;
    this.id = id;
    this.listener = listener;
  }

  /** Returns what is complete when all was handed over. */
  CompletionStage<@Nullable Void> end() {
    return end.minimalCompletionStage();
  }

  void begin() {
    try {
      services.threads().execute(this::look);
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} its output is not followed: the engine is closed", id, e);
    }
  }

  private void look() {
    Duration pause = LOOK_EVERY;
    try {
      // What another process has put in before the end may come to light a little after it.
      boolean isLast = wasOver;
      wasOver = services.store().isOver(id);
      handOver();
      if (isLast) {
        end.complete(null);
        return;
      }
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more", id, e);
      end.complete(null);
      return;
    } catch (StoreException e) {
      LOG.debug("deployment={} its output cannot be read, again in {}", id, pause, e);
      pause = LOOK_AFTER_FAILURE;
    }
    lookAgain(pause);
  }

  private void lookAgain(Duration pause) {
    try {
      services.timers().at(services.timers().instant().plus(pause), this::begin);
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} its output is not followed: the engine is closed", id, e);
    }
  }

  /** Hands over what has come in since the last time. */
  private void handOver() {
    List<KeptOutput> pieces;
    do {
      pieces = services.store().output(id, last, AT_ONCE);
      for (KeptOutput piece : pieces) {
        last = piece.place();
        tell(piece);
      }
    } while (pieces.size() == AT_ONCE);
  }

  /** Returns what there is now. */
  static List<HostOutput> soFar(Store store, DeploymentId id) {
    List<HostOutput> output = new ArrayList<>();
    List<KeptOutput> pieces;
    long last = 0;
    do {
      pieces = store.output(id, last, AT_ONCE);
      for (KeptOutput piece : pieces) {
        last = piece.place();
        output.add(output(piece));
      }
    } while (pieces.size() == AT_ONCE);
    return output;
  }

  private static HostOutput output(KeptOutput piece) {
    OutputChunk chunk = piece.chunk();
    return new HostOutput(chunk.host(), chunk.event(), chunk.attempt(), chunk.text(), piece.cut());
  }

  private void tell(KeptOutput piece) {
    try {
      listener.accept(output(piece));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      LOG.warn("deployment={} an output listener threw", id, e);
    }
  }
}
