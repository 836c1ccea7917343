package dev.slipway.engine;

import dev.slipway.engine.store.FileGroupBooks;
import dev.slipway.engine.store.InMemoryDocuments;
import dev.slipway.engine.store.InMemoryStore;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Documents;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store that outlives the processes that work on it, of which one dies when it changes documents,
 * or lets a rollout wait, for the n-th time: nothing that it does afterwards reaches the store.
 * Each call of {@link #open} is a new process.
 */
final class MortalRuntime implements RolloutRuntime {

  private static final Set<String> WRITES = Set.of("enqueue", "write");

  private final Path directory;
  private final GroupBooks books;
  private final Store store;
  private final Documents documents = new InMemoryDocuments();
  private int diesAt = Integer.MAX_VALUE;
  private boolean afterIt;

  /** Makes one that keeps bundles in a directory. */
  MortalRuntime(Path directory) {
    this.directory = directory;
    this.books = new FileGroupBooks(directory.resolve("groups"));
    this.store = new InMemoryStore(books);
  }

  /** Lets the process that is opened next die at a write, before or after it has been made. */
  void nextDiesAt(int write, boolean after) {
    diesAt = write;
    afterIt = after;
  }

  @Override
  public Parts open(Timers timers, Supervisor local) {
    Life life = new Life(diesAt, afterIt);
    diesAt = Integer.MAX_VALUE;
    return new Parts(
        life.mortal(Store.class, store), books, life.mortal(Documents.class, documents), local);
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(directory);
  }

  /** One process. */
  private static final class Life {

    private final AtomicInteger writesLeft;
    private final boolean afterIt;

    Life(int writes, boolean afterIt) {
      this.writesLeft = new AtomicInteger(writes);
      this.afterIt = afterIt;
    }

    <T> T mortal(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  return null;
                }
                int left =
                    WRITES.contains(method.getName())
                        ? writesLeft.decrementAndGet()
                        : writesLeft.get();
                if (left < 0 || (left == 0 && !afterIt)) {
                  throw dead();
                }
                try {
                  Object answer = method.invoke(real, arguments);
                  if (left == 0 && WRITES.contains(method.getName())) {
                    throw dead();
                  }
                  return answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    private StoreException dead() {
      writesLeft.set(-1);
      return new StoreException(Reason.UNAVAILABLE, "this process is dead");
    }
  }
}
