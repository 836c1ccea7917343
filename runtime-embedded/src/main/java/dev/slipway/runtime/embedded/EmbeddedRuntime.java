package dev.slipway.runtime.embedded;

import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.OutputLimits;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Rollouts that survive the process, in one directory of this machine: {@code slipway.db}, a SQLite
 * database, beside the bundles. What scripts print is in another one, {@code output.db}, so that it
 * delays nothing; it may be deleted while nobody has the directory open.
 *
 * <p>Any number of processes may open the same directory. One of them drives, all of them read and
 * request; when the one that drives ends, in whatever way, another one goes on. The directory must
 * be on a local file system.
 *
 * <p>Immutable.
 */
public final class EmbeddedRuntime implements RolloutRuntime {

  private static final int KEEP_FINISHED = 100;

  private final Path directory;
  private final int keepFinished;
  private final OutputLimits output;
  private final boolean mayDrive;

  private EmbeddedRuntime(Path directory, int keepFinished, OutputLimits output, boolean mayDrive) {
    this.directory = directory;
    this.keepFinished = keepFinished;
    this.output = output;
    this.mayDrive = mayDrive;
  }

  /** Returns the runtime of a directory, which is created when it is opened. */
  public static EmbeddedRuntime at(Path directory) {
    return new EmbeddedRuntime(
        directory.toAbsolutePath().normalize(), KEEP_FINISHED, OutputLimits.DEFAULT, true);
  }

  /**
   * Returns this runtime with another bound for rollouts that are over; it is 100 unless given. The
   * last one of each deployment group is kept in any case.
   *
   * @param newest how many are kept, at least 1
   * @throws RequestException if it is less
   */
  public EmbeddedRuntime keepFinished(int newest) {
    if (newest < 1) {
      throw new RequestException("keepFinished must be at least 1, but was " + newest);
    }
    return new EmbeddedRuntime(directory, newest, output, mayDrive);
  }

  /**
   * Returns this runtime with other bounds for what scripts print; they are {@link
   * OutputLimits#DEFAULT} unless given.
   */
  public EmbeddedRuntime keepOutput(OutputLimits limits) {
    return new EmbeddedRuntime(directory, keepFinished, limits, mayDrive);
  }

  /** Returns this runtime for a process that reads and requests, and never drives. */
  public EmbeddedRuntime withoutDriving() {
    return new EmbeddedRuntime(directory, keepFinished, output, false);
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory);
  }

  @Override
  public Parts open(Timers timers, Supervisor local) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          directory + " cannot be made: allow it, or choose another directory",
          e);
    }
    JdbcStore store =
        JdbcStore.open(
            new SqliteDatabase(directory.resolve("slipway.db")),
            new JdbcOutput(new SqliteDatabase(directory.resolve("output.db"), false), output),
            keepFinished);
    DrivingLock lock = new DrivingLock(directory.resolve("driving.lock"));
    return new Parts(
        store,
        store,
        store.documents(),
        new LockedSupervisor(local, lock, store, timers, mayDrive));
  }

  @Override
  public String toString() {
    return "EmbeddedRuntime[" + directory + "]";
  }
}
