package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives as long as it holds the lock of its directory. It looks again and again for what other
 * processes have put into the store, and for a lock that has become free; whatever is unfinished
 * when it gets the lock goes on at once.
 *
 * <p>Thread-safe: guarded by its own monitor.
 */
final class LockedSupervisor implements Supervisor {

  /** What others ask for is seen within this time, and a little. */
  static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** However a rollout has been lost sight of, it is driven again after this time. */
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LockedSupervisor.class);

  private final Supervisor local;
  private final DrivingLock lock;
  private final JdbcStore store;
  private final Timers timers;
  private final boolean mayDrive;
  private final ExecutorService watch;
  private Instant reconcileAt = Instant.MIN;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param local drives what it is woken for
   * @param mayDrive whether to take the lock when it is free
   */
  LockedSupervisor(
      Supervisor local, DrivingLock lock, JdbcStore store, Timers timers, boolean mayDrive) {
    this.local = local;
    this.lock = lock;
    this.store = store;
    this.timers = timers;
    this.mayDrive = mayDrive;
    this.watch =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "slipway-store-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void start(Driver driver) {
    local.start(driver);
    look();
    lookAgainLater();
  }

  @Override
  public synchronized void wake(DeploymentId id) {
    if (lock.isHeld()) {
      local.wake(id);
    }
  }

  @Override
  public synchronized boolean isDriving() {
    return lock.isHeldByAnybody();
  }

  @Override
  public synchronized boolean isDrivingHere() {
    return lock.isHeld();
  }

  private void lookAgainLater() {
    timers.at(timers.instant().plus(LOOK_EVERY), this::handOver);
  }

  /** Timers must not wait for a database. */
  private void handOver() {
    try {
      watch.execute(
          () -> {
            // Whatever happens: who looks no more still keeps the lock from everybody else.
            try {
              lookWithoutFail();
            } finally {
              lookAgainLater();
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("nothing is looked for any more: the supervisor is closed", e);
    }
  }

  private void lookWithoutFail() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warn("looking for changes failed, again in {}", LOOK_EVERY, e);
    }
  }

  private void look() {
    store.lookForChanges().forEach(this::wake);
    if (isTimeToReconcile()) {
      store.unfinished().forEach(this::wake);
    }
  }

  private synchronized boolean isTimeToReconcile() {
    if (closed || !mayDrive) {
      return false;
    }
    boolean isNew = !lock.isHeld();
    Instant now = timers.instant();
    if (!lock.tryTake() || (!isNew && now.isBefore(reconcileAt))) {
      return false;
    }
    reconcileAt = now.plus(RECONCILE_EVERY);
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    watch.shutdownNow();
    local.close();
    synchronized (this) {
      lock.close();
    }
  }
}
