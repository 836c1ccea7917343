package dev.slipway.spi.store;

import java.util.Optional;

/**
 * Keeps what outlives the rollouts of a deployment group: its target revision and how its hosts
 * fared.
 *
 * <p>Thread-safe and durable. May block; throws {@link dev.slipway.failure.StoreException}.
 */
public interface GroupBooks {

  /** Returns the page of the group, empty before its first rollout. */
  Optional<GroupPage> read(String application, String deploymentGroup);

  /**
   * Replaces the page of the group, whole or not at all.
   *
   * @throws dev.slipway.failure.StoreException with reason CONFLICT if its version does not follow
   *     the one that is kept: somebody else has written meanwhile; nothing has changed then
   */
  void write(GroupPage page);
}
