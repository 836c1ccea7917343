package dev.slipway.spi.store;

import dev.slipway.spi.time.Timers;
import java.nio.file.Path;
import java.util.Optional;

/** What rollouts run on: where they are kept, and who drives them. */
public interface RolloutRuntime {

  /**
   * Opens it. The caller closes the supervisor first, then the store.
   *
   * @param timers the clock
   * @param local drives in this process whatever it is woken for, as soon as it is started; it is
   *     closed by the supervisor that is returned, if it is another
   * @throws dev.slipway.failure.StoreException if it cannot be used
   */
  Parts open(Timers timers, Supervisor local);

  /** Returns where bundles are kept unless the caller says otherwise; empty for no opinion. */
  default Optional<Path> directory() {
    return Optional.empty();
  }

  /**
   * What it consists of.
   *
   * @param store where rollouts are kept
   * @param books where groups are kept; a commit to the store that ends a rollout writes there
   * @param documents where applications, deployment groups and the like are kept
   * @param supervisor who has rollouts driven
   */
  record Parts(Store store, GroupBooks books, Documents documents, Supervisor supervisor) {}
}
