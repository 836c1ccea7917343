package dev.slipway.engine.runtime;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives rollouts in this process: one thread at a time for each, and as many rollouts at once as
 * it has threads.
 *
 * <p>A driver that throws is called again, after pauses that grow from one second to a minute, for
 * ever: a rollout may wait, but it is not forgotten. What does not pass by itself is tried once a
 * minute. Thread-safe.
 */
public final class LocalSupervisor implements Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(LocalSupervisor.class);

  private final Timers timers;
  private final ExecutorService threads;
  private final Duration closeWithin;
  private final Map<DeploymentId, Turn> turns = new ConcurrentHashMap<>();
  private volatile Driver driver = id -> Optional.empty();

  /**
   * Makes one with threads of its own.
   *
   * @param timers the clock
   * @param threads how many rollouts are driven at the same instant; waiting ones need none
   */
  public LocalSupervisor(Timers timers, int threads) {
    this.timers = timers;
    this.threads = Executors.newFixedThreadPool(threads, NamedThreads.daemons("slipway-driver"));
    this.closeWithin = Duration.ofSeconds(5);
  }

  @Override
  public void start(Driver driver) {
    this.driver = driver;
  }

  @Override
  public void wake(DeploymentId id) {
    AtomicBoolean needsThread = new AtomicBoolean();
    // Asked inside, because a turn that nobody has asked for may be removed at any time.
    turns.compute(
        id,
        (unused, known) -> {
          Turn turn = known == null ? new Turn() : known;
          needsThread.set(turn.ask());
          return turn;
        });
    if (needsThread.get()) {
      takeThread(id);
    }
  }

  @Override
  public boolean isDriving() {
    return !threads.isShutdown();
  }

  private void takeThread(DeploymentId id) {
    try {
      threads.execute(() -> drive(id));
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} is not driven any more: the supervisor is closed", id, e);
    }
  }

  private void drive(DeploymentId id) {
    Turn turn = Objects.requireNonNull(turns.get(id), "a turn that waits is not removed");
    turn.begin();
    Optional<Instant> again;
    try {
      again = driver.drive(id);
      turn.failures().clear();
    } catch (RuntimeException | Error e) {
      again = Optional.of(timers.instant().plus(turn.failures().pauseAfter(id, e)));
    }
    if (again.isPresent()) {
      // Before the turn ends: a later turn on another thread must not lose its alarm to this one.
      turn.wakeAt(timers.at(again.get(), () -> wake(id)));
    }
    if (turn.end()) {
      takeThread(id);
    } else if (again.isEmpty()) {
      turns.computeIfPresent(id, (unused, over) -> over.isIdle() ? null : over);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(closeWithin.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    turns.values().forEach(Turn::forget);
  }

  /** Whether a rollout waits for a thread, has one, or must have another go. */
  private static final class Turn {

    private enum State {
      IDLE,
      WAITING,
      RUNNING,
      RUNNING_AND_ASKED
    }

    private final DrivingFailures failures = new DrivingFailures();
    private State state = State.IDLE;
    private Runnable alarm = () -> {};

    /** Returns its failures in a row, for the one thread that drives. */
    DrivingFailures failures() {
      return failures;
    }

    /** Returns whether a thread is needed that nobody has asked for yet. */
    synchronized boolean ask() {
      State before = state;
      state =
          switch (state) {
            case IDLE, WAITING -> State.WAITING;
            case RUNNING, RUNNING_AND_ASKED -> State.RUNNING_AND_ASKED;
          };
      return before == State.IDLE;
    }

    synchronized void begin() {
      alarm.run();
      alarm = () -> {};
      state = State.RUNNING;
    }

    /** Returns whether it must have another go at once. */
    synchronized boolean end() {
      boolean asked = state == State.RUNNING_AND_ASKED;
      state = asked ? State.WAITING : State.IDLE;
      return asked;
    }

    synchronized void wakeAt(Runnable cancel) {
      alarm.run();
      alarm = cancel;
    }

    synchronized boolean isIdle() {
      return state == State.IDLE;
    }

    synchronized void forget() {
      alarm.run();
    }
  }
}
