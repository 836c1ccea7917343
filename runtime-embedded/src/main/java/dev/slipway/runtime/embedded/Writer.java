package dev.slipway.runtime.embedded;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes, on one thread and one connection: whatever waits goes into one transaction, so that many
 * callers share one wait for the disk. Each change has a savepoint: one that is refused leaves no
 * trace, and the others go on.
 *
 * <p>Thread-safe. A change that has returned is durable.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int CHANGES_AT_ONCE = 512;

  private final Database database;
  private final LongConsumer committed;
  private final BlockingQueue<Request<?>> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable Session session;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param opened a connection to begin with
   * @param committed learns the number of each transaction that has changed rollouts, before its
   *     callers return
   */
  Writer(Database database, Session opened, LongConsumer committed) {
    this.database = database;
    this.session = opened;
    this.committed = committed;
    Thread thread = new Thread(this::run, "slipway-store");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is changed. Runs once for each transaction that is tried, which is one. */
  @FunctionalInterface
  interface Change<T> {
    T in(Transaction transaction) throws SQLException;
  }

  /** Changes something, and returns when that is durable. */
  <T> T write(Change<T> change) {
    try {
      return enqueue(change).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw database.explained(cause);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Changes something some time; a failure is only logged.
   *
   * @param afterwards what is done on the writer's thread when the change is durable
   */
  void later(Change<?> change, Runnable afterwards) {
    CompletableFuture<?> unused =
        enqueue(change)
            .thenRun(afterwards)
            .exceptionally(
                e -> {
                  LOG.warn("a change that nobody waits for failed", e);
                  return null;
                });
  }

  private synchronized <T> CompletableFuture<T> enqueue(Change<T> change) {
    if (closed) {
      throw new StoreException(Reason.UNAVAILABLE, "the store is closed");
    }
    Request<T> request = new Request<>(change);
    waiting.add(request);
    return request.answer;
  }

  private void run() {
    List<Request<?>> batch = new ArrayList<>();
    boolean more = true;
    while (more) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, CHANGES_AT_ONCE - 1);
        more = batch.stream().noneMatch(Request::isLast);
        commit(batch);
      } catch (InterruptedException e) {
        LOG.warn("the store's thread was interrupted, which nobody should do; it goes on", e);
      } finally {
        batch.clear();
      }
    }
    ended.complete(null);
  }

  private void commit(List<Request<?>> batch) {
    try {
      Transaction transaction = Transaction.begin(session());
      for (Request<?> request : batch) {
        request.tryIn(transaction);
      }
      if (transaction.commit()) {
        committed.accept(transaction.number());
      }
      batch.forEach(Request::answer);
    } catch (SQLException e) {
      abandon();
      batch.forEach(request -> request.fail(e));
    } catch (RuntimeException | Error e) {
      abandon();
      batch.forEach(request -> request.fail(e));
    }
  }

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      open = new Session(database.connect());
      session = open;
    }
    return open;
  }

  /** Nothing of the transaction stays; what is wrong with the connection must not last. */
  private void abandon() {
    Session open = session;
    session = null;
    if (open != null) {
      try {
        open.connection().rollback();
      } catch (SQLException e) {
        LOG.debug("there is nothing to roll back", e);
      }
      close(open);
    }
  }

  private static void close(Session open) {
    try {
      open.close();
    } catch (SQLException e) {
      LOG.warn("a connection was not closed", e);
    }
  }

  /** Ends when everything that waits is durable. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(new Request<>(null));
    }
    ended.join();
    if (session != null) {
      close(session);
    }
  }

  /** A change, and who waits for it. The last request has none. */
  private static final class Request<T> {

    private final @Nullable Change<T> change;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;

    Request(@Nullable Change<T> change) {
      this.change = change;
    }

    boolean isLast() {
      return change == null;
    }

    void tryIn(Transaction transaction) throws SQLException {
      if (change == null) {
        return;
      }
      Connection connection = transaction.session().connection();
      Savepoint before = connection.setSavepoint();
      try {
        result = change.in(transaction);
      } catch (SQLException e) {
        undo(connection, before, e);
        answer.completeExceptionally(e);
      } catch (RuntimeException e) {
        connection.rollback(before);
        answer.completeExceptionally(e);
      }
      connection.releaseSavepoint(before);
    }

    /** A database that has undone the whole transaction by itself says so in its first error. */
    private static void undo(Connection connection, Savepoint before, SQLException first)
        throws SQLException {
      try {
        connection.rollback(before);
      } catch (SQLException e) {
        first.addSuppressed(e);
        throw first;
      }
    }

    void answer() {
      answer.complete(result);
    }

    void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
