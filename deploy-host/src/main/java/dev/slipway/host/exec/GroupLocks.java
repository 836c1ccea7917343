package dev.slipway.host.exec;

import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps commands of one deployment group from running at the same time. Thread-safe. */
final class GroupLocks {

  private static final Logger LOG = LoggerFactory.getLogger(GroupLocks.class);
  private static final long PAUSE_MILLIS = 20;

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

  /** Waits for the file; Java refuses to, where another executor of this process has it. */
  private static FileLock lock(FileChannel channel, Condition never)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        boolean signalled = never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        LOG.trace("{} is busy, {}", channel, signalled);
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
      return new Held(lock, channel, lock(channel, lock.newCondition()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.unlock();
      throw e;
    }
  }
}
