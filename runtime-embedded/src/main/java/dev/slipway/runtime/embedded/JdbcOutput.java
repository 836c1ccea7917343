package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.runtime.embedded.OutputRows.Total;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what scripts print, in a database of its own and on a thread of its own: no decision ever
 * waits for it, and whatever goes wrong here harms no rollout.
 *
 * <p>Thread-safe. What waits is guarded by the monitor, all else belongs to the thread.
 */
final class JdbcOutput implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcOutput.class);
  private static final long WAITING_BYTES_AT_MOST = 8L << 20;
  private static final long CLOSING_SECONDS_AT_MOST = 5;

  private final Database database;
  private final OutputLimits limits;
  private final ExecutorService thread;
  private List<Piece> waiting = new ArrayList<>();
  private long waitingBytes;
  private @Nullable Session session;
  private boolean isFailing;
  private boolean hasLooked;

  /** Makes one that opens the database when it is first needed. */
  JdbcOutput(Database database, OutputLimits limits) {
    this.database = database;
    this.limits = limits;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "slipway-output");
              made.setDaemon(true);
              return made;
            });
  }

  private record Piece(DeploymentId rollout, OutputChunk chunk) {}

  /** Work on the database. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /** Keeps a chunk soon; drops it when too much waits already, which its offset will show. */
  void append(DeploymentId id, OutputChunk chunk) {
    synchronized (this) {
      if (waitingBytes + chunk.size() > WAITING_BYTES_AT_MOST) {
        return;
      }
      waiting.add(new Piece(id, chunk));
      waitingBytes += chunk.size();
      if (waiting.size() > 1) {
        return;
      }
    }
    later(this::keepWaiting);
  }

  private synchronized List<Piece> takeWaiting() {
    List<Piece> taken = waiting;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    return taken;
  }

  private int keepWaiting() throws SQLException {
    List<Piece> pieces = takeWaiting();
    return transact(
        open -> {
          Map<DeploymentId, Total> totals = new LinkedHashMap<>();
          for (Piece piece : pieces) {
            DeploymentId id = piece.rollout();
            Total before = totals.get(id);
            Total total = before == null ? OutputRows.total(open, id) : before;
            totals.put(id, OutputRows.append(open, id, piece.chunk(), limits, total));
          }
          for (Map.Entry<DeploymentId, Total> total : totals.entrySet()) {
            OutputRows.keep(open, total.getKey(), total.getValue());
          }
          return pieces.size();
        });
  }

  /** Returns what is kept, all that was appended here before included. */
  List<KeptOutput> read(DeploymentId id, long after, int limit) {
    try {
      return thread.submit(() -> connected(open -> OutputRows.after(open, id, after, limit))).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw database.explained(cause);
      }
      throw new StoreException(Reason.UNAVAILABLE, database + " cannot be read", e.getCause());
    } catch (RejectedExecutionException e) {
      throw new StoreException(Reason.UNAVAILABLE, "the store is closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.UNAVAILABLE, "reading " + database + " was interrupted", e);
    }
  }

  /**
   * Deletes, some time, the output of rollouts that are not kept any more: of these, and, once in
   * the life of this process, of those that an earlier one has left behind when it was killed.
   *
   * @param isKept whether a rollout is kept
   */
  void forget(List<DeploymentId> deleted, Predicate<DeploymentId> isKept) {
    if (deleted.isEmpty()) {
      return;
    }
    later(
        () ->
            transact(
                open -> {
                  for (DeploymentId id : hasLooked ? deleted : OutputRows.rollouts(open)) {
                    if (!isKept.test(id)) {
                      OutputRows.delete(open, id);
                    }
                  }
                  hasLooked = true;
                  return deleted;
                }));
  }

  /** Does it on the thread; what goes wrong is said once, until something goes well. */
  private void later(Callable<?> work) {
    try {
      thread.execute(
          () -> {
            try {
              work.call();
              isFailing = false;
            } catch (Exception e) {
              if (!isFailing) {
                LOG.warn("what scripts print is not kept: {}", reason(e), e);
              }
              isFailing = true;
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("output came after the store was closed", e);
    }
  }

  private @Nullable String reason(Exception e) {
    return e instanceof SQLException sql ? database.explained(sql).getMessage() : e.getMessage();
  }

  private <T> T transact(Work<T> work) throws SQLException {
    return connected(
        open -> {
          open.connection().setAutoCommit(false);
          T result = work.in(open);
          open.connection().setAutoCommit(true);
          return result;
        });
  }

  private <T> T connected(Work<T> work) throws SQLException {
    try {
      return work.in(session());
    } catch (SQLException | RuntimeException e) {
      abandon();
      throw e;
    }
  }

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      open = new Session(database.connect());
      session = open;
      Schema.OUTPUT.migrate(open, database);
    }
    return open;
  }

  /** Closing a connection undoes what was not committed. */
  private void abandon() {
    Session open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("a connection was not closed", e);
      }
    }
  }

  /** Ends when what waits is kept, within a bound. */
  @Override
  public void close() {
    try {
      thread.execute(this::abandon);
      thread.shutdown();
      if (!thread.awaitTermination(CLOSING_SECONDS_AT_MOST, TimeUnit.SECONDS)) {
        LOG.warn("what scripts printed last may be lost: {} takes too long", database);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("it is closed already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
