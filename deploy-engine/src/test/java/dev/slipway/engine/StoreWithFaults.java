package dev.slipway.engine;

import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A runtime in memory whose store is away now and then, and may keep changes to itself. */
final class StoreWithFaults implements RolloutRuntime {

  private final InMemoryRuntime runtime;
  private final Map<String, AtomicInteger> faults = new ConcurrentHashMap<>();
  private final AtomicBoolean repeatsCommit = new AtomicBoolean();
  private final AtomicBoolean losesEnd = new AtomicBoolean();
  private final AtomicBoolean losesCreate = new AtomicBoolean();
  private volatile boolean silent;

  StoreWithFaults(Path directory) {
    this.runtime = new InMemoryRuntime(directory);
  }

  /** Lets the next calls of a method fail. */
  void failNext(String method, int times) {
    faults.put(method, new AtomicInteger(times));
  }

  /** Returns how many of those calls are still to come. */
  int faultsLeft(String method) {
    return Math.max(faults.getOrDefault(method, new AtomicInteger()).get(), 0);
  }

  /** Makes the next commit twice, as a client does that has lost the first answer. */
  void repeatNextCommit() {
    repeatsCommit.set(true);
  }

  /** Returns whether that commit is still to come. */
  boolean isCommitToRepeat() {
    return repeatsCommit.get();
  }

  /** Makes the next commit that ends a rollout, and says that it could not. */
  void loseAnswerToNextEnd() {
    losesEnd.set(true);
  }

  /** Creates the next rollout, and says that it could not, so that nobody tries again. */
  void loseAnswerToNextCreate() {
    losesCreate.set(true);
  }

  /** Tells no listener of any change from now on. */
  void tellNobody() {
    silent = true;
  }

  @Override
  public Parts open(Timers timers, Supervisor local) {
    Parts parts = runtime.open(timers, local);
    return new Parts(faulty(parts.store()), parts.books(), parts.documents(), parts.supervisor());
  }

  @Override
  public Optional<Path> directory() {
    return runtime.directory();
  }

  private Store faulty(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              AtomicInteger left = faults.get(method.getName());
              if (left != null && left.getAndDecrement() > 0) {
                throw new StoreException(Reason.UNAVAILABLE, "the disk is full");
              }
              if (silent && method.getName().equals("onChange")) {
                Runnable nothing = () -> {};
                return nothing;
              }
              try {
                Object answer = method.invoke(store, arguments);
                if (method.getName().equals("create") && losesCreate.getAndSet(false)) {
                  throw new StoreException(Reason.CORRUPT, "the answer makes no sense");
                }
                if (arguments != null
                    && arguments.length == 2
                    && arguments[1] instanceof Commit made) {
                  if (repeatsCommit.getAndSet(false)) {
                    return method.invoke(store, arguments);
                  }
                  if (made.end() != null && losesEnd.getAndSet(false)) {
                    throw new StoreException(Reason.UNAVAILABLE, "the line is dead");
                  }
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
