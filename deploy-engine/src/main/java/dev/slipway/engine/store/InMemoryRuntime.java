package dev.slipway.engine.store;

import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Rollouts and documents that live and end with the process; the history of groups and the bundles
 * outlive it.
 *
 * @param state where those are kept
 */
public record InMemoryRuntime(Path state) implements RolloutRuntime {

  @Override
  public Parts open(Timers timers, Supervisor local) {
    FileGroupBooks books = new FileGroupBooks(state.resolve("groups"));
    return new Parts(new InMemoryStore(books), books, new InMemoryDocuments(), local);
  }

  @Override
  public Optional<Path> directory() {
    return Optional.of(state);
  }
}
