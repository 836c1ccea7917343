package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Named pipes for the outputs of scripts. Java cannot make one, and the program that can takes as
 * long to start as a short script does, so it makes several at once. Each is used for one script:
 * who keeps an end of it open hears nothing of a later one. Thread-safe.
 */
final class NamedPipes implements AutoCloseable {

  private static final int PAIRS_AT_ONCE = 8;

  private final Deque<Pair> spare = new ArrayDeque<>();
  private boolean closed;

  /**
   * The pipes of one script, in a directory that nobody else may enter.
   *
   * @param out for its standard output
   * @param err for its standard error
   */
  record Pair(Path out, Path err) implements AutoCloseable {

    private static Pair in(Path directory, int number) {
      return new Pair(directory.resolve("out-" + number), directory.resolve("err-" + number));
    }

    private boolean isThere() {
      return Files.exists(out) && Files.exists(err);
    }

    /** Removes them, and the directory with the last ones. */
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
      out.resolveSibling("").toFile().delete();
    }
  }

  /**
   * Returns two pipes that have never been used.
   *
   * @throws IOException when there are none to be had
   */
  synchronized Pair take() throws IOException, InterruptedException {
    Pair pair = spare.poll();
    // Whoever tidies up the directory of temporary files may have been here.
    if (pair == null || !pair.isThere()) {
      discard();
      spare.addAll(make(closed ? 1 : PAIRS_AT_ONCE));
      pair = spare.remove();
    }
    return pair;
  }

  private static List<Pair> make(int count) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("slipway-");
    List<Pair> pairs = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "666"));
    for (int i = 0; i < count; i++) {
      Pair pair = Pair.in(directory, i);
      pairs.add(pair);
      command.add(pair.out().toString());
      command.add(pair.err().toString());
    }
    boolean made = false;
    try {
      Tool.Result result = Tool.run(command);
      if (result.status() != 0) {
        throw new IOException("cannot make named pipes in " + directory + ": " + result.output());
      }
      made = true;
      return pairs;
    } finally {
      if (!made) {
        Retention.deleteTree(directory);
      }
    }
  }

  private void discard() throws IOException {
    for (Pair pair = spare.poll(); pair != null; pair = spare.poll()) {
      pair.close();
    }
  }

  /** Removes those that are not in use; from now on none are kept. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    discard();
  }
}
