package dev.slipway.host.exec;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The starts of processes by this library in this Java process.
 *
 * <p>To start a process is to copy this one and to put a program in the place of the copy. In
 * between the copy has every file open that somebody in this process is just writing, and the
 * operating system runs no program that is open for writing ("Text file busy"). So whoever has
 * written a program waits for the starts that were under way meanwhile. Thread-safe.
 */
final class Starts {

  private static final ReadWriteLock UNDER_WAY = new ReentrantReadWriteLock(true);

  private Starts() {}

  /** Starts a process. */
  static Process of(ProcessBuilder builder) throws IOException {
    UNDER_WAY.readLock().lock();
    try {
      return builder.start();
    } finally {
      UNDER_WAY.readLock().unlock();
    }
  }

  /** Waits until every start that is under way has come to an end. */
  static void awaitThoseUnderWay() throws InterruptedException {
    UNDER_WAY.writeLock().lockInterruptibly();
    UNDER_WAY.writeLock().unlock();
  }
}
