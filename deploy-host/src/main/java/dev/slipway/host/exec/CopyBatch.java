package dev.slipway.host.exec;

import dev.slipway.host.plan.Instruction.Copy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Regular files that wait to be copied to places where nothing is, none of which depends on another
 * one. Many are copied by several threads, which have ended whenever a method returns. To be used
 * by one thread.
 */
final class CopyBatch {

  /** So many are worth a thread more. */
  private static final int MANY = 64;

  /** So many in a row one thread takes: to a directory only one thread at a time can add. */
  private static final int SLICE = 32;

  private static final int MOST_THREADS = 4;

  private final int capacity;
  private final List<FileCopy> hands = new ArrayList<>();
  private final boolean keepSetIdBits;
  private List<Copy> waiting = new ArrayList<>();

  /**
   * Makes an empty one.
   *
   * @param keepSetIdBits as in {@link FileCopy}
   * @param capacity how many wait before it is full
   */
  CopyBatch(boolean keepSetIdBits, int capacity) {
    this.keepSetIdBits = keepSetIdBits;
    this.capacity = capacity;
  }

  /** Lets a file wait. */
  void add(Copy copy) {
    waiting.add(copy);
  }

  boolean isFull() {
    return waiting.size() >= capacity;
  }

  /**
   * Copies all that wait.
   *
   * @return how many
   * @throws IOException what the first of them failed with, in their order; all before it are
   *     copied, and some behind it may be
   */
  int copyAll() throws IOException {
    Round round = new Round(waiting);
    waiting = new ArrayList<>();
    int threads = round.copies.size() < MANY ? 1 : mostThreads();
    while (hands.size() < threads) {
      hands.add(new FileCopy(keepSetIdBits));
    }
    List<Thread> helpers = new ArrayList<>();
    try {
      for (FileCopy hand : hands.subList(1, threads)) {
        helpers.add(start(() -> round.work(hand)));
      }
      round.work(hands.get(0));
    } finally {
      awaitAll(helpers);
    }
    round.rethrow();
    return round.copies.size();
  }

  private static Thread start(Runnable work) {
    Thread helper = new Thread(work, "slipway-copy");
    helper.setDaemon(true);
    helper.start();
    return helper;
  }

  private static int mostThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Waits for their ends whatever happens; an interrupt is theirs too. */
  private static void awaitAll(List<Thread> helpers) {
    boolean interrupted = false;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
          helpers.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One list being copied. Slices are taken in order, so that what is untouched is at the end. */
  private static final class Round {

    private final List<Copy> copies;
    private final AtomicInteger next = new AtomicInteger();
    private final TreeMap<Integer, Throwable> failures = new TreeMap<>();

    Round(List<Copy> copies) {
      this.copies = copies;
    }

    void work(FileCopy hand) {
      for (int at = next.getAndAdd(SLICE); at < copies.size(); at = next.getAndAdd(SLICE)) {
        int end = Math.min(at + SLICE, copies.size());
        if (failed() || !copied(hand, at, end)) {
          return;
        }
      }
    }

    private boolean copied(FileCopy hand, int from, int to) {
      for (int i = from; i < to; i++) {
        Copy copy = copies.get(i);
        try {
          hand.copy(Path.of(copy.source()), Path.of(copy.destination()));
        } catch (IOException | RuntimeException | Error e) {
          fail(i, e);
          return false;
        }
      }
      return true;
    }

    private synchronized boolean failed() {
      return !failures.isEmpty();
    }

    private synchronized void fail(int index, Throwable why) {
      failures.put(index, why);
    }

    private synchronized void rethrow() throws IOException {
      if (failures.isEmpty()) {
        return;
      }
      Throwable first = failures.firstEntry().getValue();
      if (first instanceof RuntimeException e) {
        throw e;
      }
      if (first instanceof Error e) {
        throw e;
      }
      throw (IOException) first;
    }
  }
}
