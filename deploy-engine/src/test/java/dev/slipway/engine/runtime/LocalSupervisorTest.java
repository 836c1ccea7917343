package dev.slipway.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class LocalSupervisorTest {

  private static final DeploymentId ID = new DeploymentId("d-AAAAAAAAA");

  private final VirtualTimers timers = new VirtualTimers();
  private final LocalSupervisor supervisor = new LocalSupervisor(timers, 2);
  private final Semaphore driven = new Semaphore(0);

  @AfterEach
  void close() {
    supervisor.close();
  }

  @Test
  void a_wake_drives_the_rollout() throws Exception {
    supervisor.start(
        id -> {
          driven.release();
          return Optional.empty();
        });

    supervisor.wake(ID);

    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_wake_while_it_is_driven_gives_it_another_go() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    supervisor.start(
        id -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          entered.countDown();
          await(mayLeave);
          atOnce.decrementAndGet();
          driven.release();
          return Optional.empty();
        });

    supervisor.wake(ID);
    await(entered);
    supervisor.wake(ID);
    supervisor.wake(ID);
    mayLeave.countDown();

    assertThat(driven.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }

  @Test
  void it_is_driven_again_when_it_asked_to_be() throws Exception {
    supervisor.start(
        id -> {
          driven.release();
          return Optional.of(timers.instant().plus(Duration.ofMinutes(5)));
        });
    supervisor.wake(ID);
    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    awaitWaiting();

    timers.advance(Duration.ofMinutes(5));

    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_driver_that_throws_is_called_again() throws Exception {
    supervisor.start(
        id -> {
          driven.release();
          throw new IllegalStateException("the store is away");
        });
    supervisor.wake(ID);
    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    awaitWaiting();

    timers.advance(Duration.ofSeconds(1));

    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_does_not_pass_by_itself_is_tried_again_after_a_minute() throws Exception {
    supervisor.start(
        id -> {
          driven.release();
          throw new StoreException(Reason.TOO_NEW, "use the newer release");
        });
    supervisor.wake(ID);
    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    awaitWaiting();

    timers.advance(Duration.ofSeconds(59));
    assertThat(timers.waiting()).isEqualTo(1);
    timers.advance(Duration.ofSeconds(1));

    assertThat(driven.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_rollout_that_is_over_and_woken_again_is_driven_by_one_thread_at_a_time() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    supervisor.start(
        id -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          atOnce.decrementAndGet();
          driven.release();
          return Optional.empty();
        });
    int rounds = Integer.getInteger("slipway.rounds", 20) * 1_000;
    Thread other = new Thread(() -> wake(rounds));

    other.start();
    wake(rounds);
    other.join();

    assertThat(driven.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }

  private void wake(int times) {
    for (int i = 0; i < times; i++) {
      supervisor.wake(ID);
    }
  }

  private void awaitWaiting() {
    while (timers.waiting() == 0) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
