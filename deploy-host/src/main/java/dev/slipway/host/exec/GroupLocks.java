package dev.slipway.host.exec;

import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps commands of one deployment group from running at the same time. Thread-safe. */
final class GroupLocks {

  private final Layout layout;
  private final Map<String, ReentrantLock> inProcess = new ConcurrentHashMap<>();

  GroupLocks(Layout layout) {
    this.layout = layout;
  }

  /** The right to run a command, until it is closed. */
  record Held(ReentrantLock lock, FileChannel channel, FileLock file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (channel) {
        file.release();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for the group. */
  Held hold(String group) throws IOException, InterruptedException {
    Path file = Path.of(layout.lockFile(group));
    ReentrantLock lock = inProcess.computeIfAbsent(group, name -> new ReentrantLock(true));
    lock.lockInterruptibly();
    try {
      Files.createDirectories(file.resolveSibling(""));
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new Held(lock, channel, channel.lock());
    } catch (IOException | RuntimeException e) {
      lock.unlock();
      throw e;
    }
  }
}
