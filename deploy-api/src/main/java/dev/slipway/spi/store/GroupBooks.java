package dev.slipway.spi.store;

import java.util.Optional;

/**
 * Keeps what outlives the rollouts of a deployment group: its target revision and how its hosts
 * fared, as one JSON document that the engine reads and writes.
 *
 * <p>Thread-safe and durable. May block; throws {@link dev.slipway.failure.StoreException}.
 */
public interface GroupBooks {

  /** Returns the document of the group, empty before its first rollout. */
  Optional<String> read(String application, String deploymentGroup);

  /** Replaces the document of the group, whole or not at all. */
  void write(String application, String deploymentGroup, String document);
}
