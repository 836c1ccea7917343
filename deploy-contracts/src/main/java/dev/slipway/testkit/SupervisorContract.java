package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Supervisor} keeps to. A test of a supervisor extends this class and says which
 * one, on {@link #timers()}; each test gets a new one that has not been started, and closes it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
public abstract class SupervisorContract {

  private static final DeploymentId A = new DeploymentId("d-AAAAAAAAA");
  private static final DeploymentId B = new DeploymentId("d-BBBBBBBBB");

  private final VirtualTimers timers = new VirtualTimers();
  private final Semaphore driven = new Semaphore(0);

  /** Makes one. */
  protected SupervisorContract() {}

  /** Returns the supervisor, the same one throughout a test. */
  protected abstract Supervisor supervisor();

  /** Returns the clock that the supervisor shall have. */
  protected final VirtualTimers timers() {
    return timers;
  }

  @Test
  void whoever_is_woken_for_is_driven() throws Exception {
    try (Supervisor supervisor = supervisor()) {
      supervisor.start(id -> over());

      supervisor.wake(A);
      awaitDriven();
      supervisor.wake(B);
      awaitDriven();
    }
  }

  @Test
  void a_wake_that_comes_while_it_is_driven_is_not_lost() throws Exception {
    Semaphore entered = new Semaphore(0);
    Semaphore mayLeave = new Semaphore(0);
    try (Supervisor supervisor = supervisor()) {
      supervisor.start(
          id -> {
            entered.release();
            mayLeave.acquireUninterruptibly();
            return over();
          });
      supervisor.wake(A);
      entered.acquire();

      supervisor.wake(A);
      mayLeave.release(2);

      awaitDriven();
      awaitDriven();
    }
  }

  @Test
  void it_is_driven_again_when_the_driver_asked_for_it() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Supervisor supervisor = supervisor()) {
      supervisor.start(
          id -> {
            driven.release();
            return calls.incrementAndGet() == 1
                ? Optional.of(timers.instant().plusSeconds(60))
                : Optional.empty();
          });
      supervisor.wake(A);
      awaitDriven();

      awaitDrivenAfter(Duration.ofSeconds(60));
    }
  }

  @Test
  void a_driver_that_fails_is_called_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Supervisor supervisor = supervisor()) {
      supervisor.start(
          id -> {
            driven.release();
            if (calls.incrementAndGet() < 3) {
              throw new IllegalStateException("the store is away");
            }
            return Optional.empty();
          });
      supervisor.wake(A);
      awaitDriven();

      awaitDrivenAfter(Duration.ofMinutes(1));
      awaitDrivenAfter(Duration.ofMinutes(1));
    }
  }

  @Test
  void a_rollout_that_fails_does_not_hinder_another_one() throws Exception {
    try (Supervisor supervisor = supervisor()) {
      supervisor.start(
          id -> {
            if (id.equals(A)) {
              throw new IllegalStateException("no");
            }
            return over();
          });

      supervisor.wake(A);
      supervisor.wake(B);

      awaitDriven();
    }
  }

  @Test
  void it_says_whether_somebody_drives() {
    Supervisor supervisor = supervisor();
    supervisor.start(id -> over());

    assertThat(supervisor.isDriving()).isTrue();
    supervisor.close();
    assertThat(supervisor.isDriving()).isFalse();
  }

  @Test
  void waking_a_closed_one_is_harmless_and_drives_nothing() {
    Supervisor supervisor = supervisor();
    supervisor.start(id -> over());
    supervisor.close();

    supervisor.wake(A);
    timers.advance(Duration.ofMinutes(5));

    assertThat(driven.availablePermits()).isZero();
  }

  private Optional<Instant> over() {
    driven.release();
    return Optional.empty();
  }

  private void awaitDriven() throws InterruptedException {
    assertThat(driven.tryAcquire(30, TimeUnit.SECONDS)).as("the driver is called").isTrue();
  }

  /** The alarm may be set a little after the driver has returned, so time goes on in steps. */
  private void awaitDrivenAfter(Duration time) throws InterruptedException {
    for (int step = 0; step < 600; step++) {
      timers.advance(time.dividedBy(10));
      if (driven.tryAcquire(50, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    awaitDriven();
  }
}
