package dev.slipway.spi.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the documents that outlive rollouts: applications, deployment groups, revisions and the
 * like.
 *
 * <p>Thread-safe, and as durable as the store of rollouts beside it. May block; throws {@link
 * dev.slipway.failure.StoreException}.
 */
public interface Documents {

  /** Returns a document, if it is kept. */
  Optional<Document> read(String kind, String key);

  /**
   * Returns documents in the order of their keys, which is that of the characters.
   *
   * @param kind of this kind
   * @param prefix whose keys begin so; empty for all
   * @param after and come after this key; empty for the first
   * @param limit how many at most
   */
  List<Document> list(String kind, String prefix, String after, int limit);

  /**
   * Makes all changes, or none.
   *
   * @throws dev.slipway.failure.StoreException with reason CONFLICT if a document does not have the
   *     expected version: somebody else has written meanwhile; nothing has changed then
   */
  void write(List<DocumentChange> changes);
}
