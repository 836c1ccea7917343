package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named pipes for the outputs of scripts. Java cannot make one, and the program that can takes as
 * long to start as a short script does, so it makes several at once. Each is used for one script:
 * who keeps an end of it open hears nothing of a later one. Those of a process that was killed are
 * removed by the next one. Thread-safe.
 */
final class NamedPipes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NamedPipes.class);
  private static final int PAIRS_AT_ONCE = 8;

  /** Of a directory: the number and the start of the process that has it. */
  private static final Pattern NAME = Pattern.compile("slipway-pipes-(\\d{1,18})-(\\d{1,18})-.*");

  /** Two processes do not always agree to the second when a third one has started. */
  private static final long UNSURE_MILLIS = 10_000;

  private final Path temporary;
  private final Deque<Pair> spare = new ArrayDeque<>();
  private boolean swept;
  private boolean closed;

  NamedPipes() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Keeps them in a directory. */
  NamedPipes(Path temporary) {
    this.temporary = temporary;
  }

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

  private List<Pair> make(int count) throws IOException, InterruptedException {
    sweep();
    Path directory = Files.createTempDirectory(temporary, nameFor(ProcessHandle.current()));
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

  static String nameFor(ProcessHandle process) {
    return "slipway-pipes-" + process.pid() + "-" + start(process) + "-";
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private void sweep() {
    if (swept) {
      return;
    }
    swept = true;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, "slipway-pipes-*")) {
      for (Path directory : found) {
        if (isOurs(directory) && isLeft(directory)) {
          Retention.deleteTree(directory);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("named pipes of earlier processes stay in {}", temporary, e);
    }
  }

  private static boolean isOurs(Path directory) throws IOException {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS)
            .equals(Account.uid());
  }

  /** Whether the process is gone that has made a directory; its number may be another's by now. */
  private static boolean isLeft(Path directory) {
    Matcher name = NAME.matcher(String.valueOf(directory.getFileName()));
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1)))
            .filter(
                process -> Math.abs(start(process) - Long.parseLong(name.group(2))) < UNSURE_MILLIS)
            .isEmpty();
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
