package dev.slipway.spi.revision;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;

/**
 * Keeps bundles under their SHA-256. Hosts get what is in here and nothing else, so a file that is
 * rebuilt during a rollout changes nothing, and a rollback finds what it needs.
 *
 * <p>Thread-safe, and safe between processes that share the same place. May block.
 */
public interface RevisionStore {

  /**
   * Returns the id that a revision would have in the store. Keeps nothing.
   *
   * @throws RevisionException if there is no such revision or it cannot be read
   */
  RevisionId identify(Revision revision);

  /**
   * Stores a revision and returns its bundle; storing it again costs only the reading.
   *
   * @throws RevisionException if there is no such revision or it cannot be read
   */
  Bundle put(Revision revision);

  /**
   * Returns a stored bundle.
   *
   * @throws RevisionException if it is not in the store
   */
  Bundle get(RevisionId id);
}
