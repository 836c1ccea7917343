package dev.slipway.engine.remote;

import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.event.CheckKind;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which gates and alarms are asked: a fixed number, however many hosts there are.
 * What is asked about a fleet waits behind no hosts, because alarms must be read in time.
 */
public final class CheckThreads implements AutoCloseable {

  private static final int ASKED_AT_ONCE = 32;

  /** Calls that nothing interrupts keep their threads: so many may hang. */
  private static final int MOST_CALLS = 8 * ASKED_AT_ONCE;

  private static final long IDLE_SECONDS = 60;

  private final ExecutorService hosts = askers("slipway-host-checks");
  private final ExecutorService fleets = askers("slipway-checks");
  private final ExecutorService calls =
      new ThreadPoolExecutor(
          0,
          MOST_CALLS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          NamedThreads.daemons("slipway-check-calls"),
          (call, pool) -> {
            throw new RejectedExecutionException(
                pool.isShutdown()
                    ? "the engine is closed"
                    : MOST_CALLS
                        + " calls of gates and alarms hang; no more are made until one ends");
          });

  private static ExecutorService askers(String name) {
    return Executors.newFixedThreadPool(ASKED_AT_ONCE, NamedThreads.daemons(name));
  }

  /** Returns where questions of a kind wait for their turn, and then for their answers. */
  public Executor askers(CheckKind kind) {
    return kind == CheckKind.HOST_GATE ? hosts : fleets;
  }

  /** Returns where calls with a time limit are made. */
  public ExecutorService calls() {
    return calls;
  }

  /** Asks nothing more, and interrupts what is being asked. */
  @Override
  public void close() {
    hosts.shutdownNow();
    fleets.shutdownNow();
    calls.shutdownNow();
  }
}
