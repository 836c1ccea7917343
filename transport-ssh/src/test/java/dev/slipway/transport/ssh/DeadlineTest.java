package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done when a time is over. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeadlineTest {

  @Test
  void it_comes() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);

    Deadline unused = Deadline.in(Duration.ZERO, done::countDown);

    done.await();
  }

  @Test
  void it_waits_for_no_thread_that_others_may_fill() {
    CompletableFuture<String> thread = new CompletableFuture<>();

    Deadline unused =
        Deadline.in(Duration.ZERO, () -> thread.complete(Thread.currentThread().getName()));

    assertThat(thread.join()).startsWith("slipway-ssh-deadline-");
  }

  @Test
  void one_that_was_called_off_keeps_nothing() throws InterruptedException {
    byte[] needed = new byte[10];
    WeakReference<byte[]> reference = new WeakReference<>(needed);
    Deadline deadline = Deadline.in(Duration.ofDays(1), keeping(needed));

    deadline.callOff();
    needed = null;

    while (reference.get() != null) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(deadline).isNotNull();
  }

  private static Runnable keeping(byte[] needed) {
    return () -> assertThat(needed).isEmpty();
  }
}
