package dev.slipway.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.event.CheckKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CheckThreadsTest {

  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void alarms_are_read_while_all_hosts_hang() throws Exception {
    try (CheckThreads threads = new CheckThreads()) {
      hang(threads.askers(CheckKind.HOST_GATE), 1_000, new AtomicInteger());
      CountDownLatch read = new CountDownLatch(2);

      threads.askers(CheckKind.ALARMS).execute(read::countDown);
      threads.askers(CheckKind.FLEET_GATE).execute(read::countDown);

      read.await();
    }
  }

  @Test
  void what_waits_is_not_asked_any_more_when_the_engine_closes() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger interrupted;
    try (CheckThreads threads = new CheckThreads()) {
      interrupted = hang(threads.askers(CheckKind.HOST_GATE), 1_000, asked);
      while (asked.get() < 32) {
        Thread.onSpinWait();
      }
    }

    while (interrupted.get() < 32) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasValue(32);
  }

  private AtomicInteger hang(Executor askers, int questions, AtomicInteger asked) {
    AtomicInteger interrupted = new AtomicInteger();
    for (int i = 0; i < questions; i++) {
      askers.execute(
          () -> {
            asked.incrementAndGet();
            try {
              never.await();
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
              Thread.currentThread().interrupt();
            }
          });
    }
    return interrupted;
  }
}
