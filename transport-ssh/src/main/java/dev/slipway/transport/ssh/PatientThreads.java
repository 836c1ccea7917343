package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what is short, unless the other side takes nothing: then it waits until somebody ends
 * the connection. Whoever is asked and whoever is left have threads of their own, because what ends
 * a connection that takes nothing is that a question was not answered.
 */
final class PatientThreads implements Closeable {

  private static final int OF_A_KIND = 4;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor questions = pool("slipway-ssh-ask-");
  private final ThreadPoolExecutor goodbyes = pool("slipway-ssh-leave-");

  /** What comes when they have ended is about connections that have ended too. */
  private static ThreadPoolExecutor pool(String prefix) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            OF_A_KIND,
            OF_A_KIND,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, prefix + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Those that ask for signs of life. */
  Executor questions() {
    return questions;
  }

  /** Those that leave servers behind another one. */
  Executor goodbyes() {
    return goodbyes;
  }

  /** Ends them when they have done what they were given. Does not wait. */
  @Override
  public void close() {
    questions.shutdown();
    goodbyes.shutdown();
  }
}
