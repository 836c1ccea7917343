package dev.slipway.host.exec;

import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps commands of one deployment group from running at the same time, in this process by taking
 * turns and among processes by a locked file. Thread-safe.
 *
 * <p>Who waits for his turn does not have the file open: when any channel of a file is closed, the
 * operating system takes all locks on it away from the process, also one that another thread holds.
 */
final class GroupLocks {

  private static final Map<Path, Turns> IN_PROCESS = new ConcurrentHashMap<>();

  private final Layout layout;

  GroupLocks(Layout layout) {
    this.layout = layout;
  }

  /** The turns of one file; {@code users} is guarded by the map's own lock on the entry. */
  private static final class Turns {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }

  /** The right to run a command, until it is closed. */
  static final class Held implements AutoCloseable {

    private final Path file;
    private final Turns turns;
    private final FileChannel channel;

    private Held(Path file, Turns turns, FileChannel channel) {
      this.file = file;
      this.turns = turns;
      this.channel = channel;
    }

    /** Gives it up; to close the channel releases the file. */
    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        turns.lock.unlock();
        leave(file);
      }
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** Waits for the group. */
  Held hold(String group) throws IOException, InterruptedException {
    Path named = Path.of(layout.lockFile(group));
    // However the root is written or linked to, one lock has one name, and one turn at a time.
    Path file =
        Files.createDirectories(named.resolveSibling(""))
            .toRealPath()
            .resolve(Objects.requireNonNull(named.getFileName()));
    Turns turns = enter(file);
    try {
      turns.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(file);
      throw e;
    }
    try {
      return new Held(file, turns, locked(file));
    } catch (IOException | RuntimeException | Error e) {
      turns.lock.unlock();
      leave(file);
      throw e;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.lock();
      if (!lock.isValid()) {
        throw new IOException(file + " could not be locked");
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Turns enter(Path file) {
    return IN_PROCESS.compute(
        file,
        (path, known) -> {
          Turns turns = known == null ? new Turns() : known;
          turns.users++;
          return turns;
        });
  }

  /** Nobody keeps what nobody uses. */
  private static void leave(Path file) {
    IN_PROCESS.computeIfPresent(file, (path, turns) -> --turns.users == 0 ? null : turns);
  }
}
