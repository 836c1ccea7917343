package dev.slipway.host.exec;

import dev.slipway.host.plan.Instruction.Copy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regular files that wait to be copied to places where nothing is, none of which depends on another
 * one. Many are copied by several threads, which have ended whenever a method returns. To be used
 * by one thread.
 */
final class CopyBatch {

  private static final Logger LOG = LoggerFactory.getLogger(CopyBatch.class);

  /** So many are worth a thread more. */
  private static final int MANY = 64;

  /** So many in a row one thread takes: to a directory only one thread at a time can add. */
  private static final int SLICE = 32;

  private static final int MOST_THREADS = 4;

  private final int capacity;
  private final List<FileCopy> hands = new ArrayList<>();
  private final boolean keepSetIdBits;
  private final Set<String> untouched = new HashSet<>();
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
      try {
        for (FileCopy hand : hands.subList(1, threads)) {
          helpers.add(start(() -> round.work(hand)));
        }
      } catch (OutOfMemoryError e) {
        // So says Java when the system has no thread left; those that there are do all of it.
        LOG.debug("{} threads copy, for want of more", helpers.size() + 1, e);
      }
      round.work(hands.get(0));
    } finally {
      awaitAll(helpers);
      untouched.addAll(round.untouched());
    }
    round.rethrow();
    return round.copies.size();
  }

  /** Returns where nothing was made, of what was to be copied so far. */
  Set<String> untouched() {
    return untouched;
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

    /** Each place is written by one thread, and read when all have ended. */
    private final boolean[] touched;

    Round(List<Copy> copies) {
      this.copies = copies;
      this.touched = new boolean[copies.size()];
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
          touched[i] = true;
          hand.copy(Path.of(copy.source()), Path.of(copy.destination()));
        } catch (FileAlreadyExistsException e) {
          touched[i] = false;
          fail(i, e);
          return false;
        } catch (IOException | RuntimeException | Error e) {
          fail(i, e);
          return false;
        }
      }
      return true;
    }

    Set<String> untouched() {
      return IntStream.range(0, touched.length)
          .filter(i -> !touched[i])
          .mapToObj(i -> copies.get(i).destination())
          .collect(Collectors.toSet());
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
