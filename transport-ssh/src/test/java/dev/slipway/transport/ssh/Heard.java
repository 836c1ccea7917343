package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.fail;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reports, written down. */
final class Heard implements Reports {

  private static final long PATIENCE_SECONDS = 180;
  private static final long LOOK_MILLIS = 5;

  record Word(
      String what,
      CommandKey key,
      String text,
      Diagnostics end,
      @Nullable UnreachableReason reason) {}

  private final List<Word> words = new ArrayList<>();

  private synchronized void add(Word word) {
    words.add(word);
    notifyAll();
  }

  @Override
  public void acknowledged(CommandKey key) {
    add(new Word("acknowledged", key, "", Diagnostics.SUCCEEDED, null));
  }

  @Override
  public void output(CommandKey key, String lines) {
    add(new Word("output", key, lines, Diagnostics.SUCCEEDED, null));
  }

  @Override
  public void finished(CommandKey key, Diagnostics diagnostics) {
    add(new Word("finished", key, diagnostics.message(), diagnostics, null));
  }

  @Override
  public void unreachable(CommandKey key, UnreachableReason reason, String message) {
    add(new Word("unreachable", key, message, Diagnostics.SUCCEEDED, reason));
  }

  @Override
  public void back(CommandKey key) {
    add(new Word("back", key, "", Diagnostics.SUCCEEDED, null));
  }

  /** Waits for such a word and returns it. */
  synchronized Word await(Predicate<Word> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      for (Word word : words) {
        if (wanted.test(word)) {
          return word;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        fail("not heard within %d s, only: %s", PATIENCE_SECONDS, words);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until something is so that may change without a report. */
  synchronized void awaitThat(BooleanSupplier isSo) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("not so within %d s; heard: %s", PATIENCE_SECONDS, words);
      }
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Word await(String what) {
    return await(word -> word.what().equals(what));
  }

  Diagnostics end(CommandKey key) {
    return await(word -> word.what().equals("finished") && word.key().equals(key)).end();
  }

  /** Returns all output so far. */
  synchronized String output() {
    StringBuilder all = new StringBuilder();
    words.stream().filter(w -> w.what().equals("output")).forEach(w -> all.append(w.text()));
    return all.toString();
  }

  /** Returns why hosts could not be reached, each time. */
  synchronized List<String> troubles() {
    return words.stream().filter(w -> w.what().equals("unreachable")).map(Word::text).toList();
  }

  synchronized List<String> sequence() {
    List<String> all = new ArrayList<>();
    for (Word word : words) {
      if (all.isEmpty() || !all.get(all.size() - 1).equals(word.what())) {
        all.add(word.what());
      }
    }
    return all;
  }
}
