package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How far each trigger has been told of each rollout, as documents. Thread-safe. */
final class Cursors {

  private static final String KIND = "trigger-cursor";
  private static final int AT_ONCE = 1000;

  private final Documents documents;

  Cursors(Documents documents) {
    this.documents = documents;
  }

  /**
   * A place in a journal.
   *
   * @param position the last event that has been told; 0 when the creation has, -1 before that
   * @param over whether nothing more will come
   */
  record Cursor(long position, boolean over) {
    static final Cursor BEGIN = new Cursor(-1, false);
  }

  Cursor read(DeploymentId deployment, String trigger) {
    return documents
        .read(KIND, key(deployment, trigger))
        .map(document -> Json.read(document.json(), Cursor.class))
        .orElse(Cursor.BEGIN);
  }

  /** Moves a cursor, never back: somebody else may be further on. */
  void advance(DeploymentId deployment, String trigger, Cursor to) {
    while (true) {
      Optional<Document> kept = documents.read(KIND, key(deployment, trigger));
      if (kept.map(document -> Json.read(document.json(), Cursor.class).position()).orElse(-2L)
          >= to.position()) {
        return;
      }
      try {
        documents.write(
            List.of(
                new DocumentChange(
                    KIND,
                    key(deployment, trigger),
                    kept.map(Document::version).orElse(0L),
                    Json.write(to))));
        return;
      } catch (StoreException e) {
        if (e.reason() != Reason.CONFLICT) {
          throw e;
        }
      }
    }
  }

  /** Removes the cursors of rollouts that are not kept any more. */
  void sweep(Set<DeploymentId> kept) {
    String after = "";
    List<Document> part;
    do {
      part = documents.list(KIND, "", after, AT_ONCE);
      for (Document document : part) {
        after = document.key();
        String deployment = after.substring(0, after.indexOf('/'));
        if (!kept.contains(new DeploymentId(deployment))) {
          remove(document);
        }
      }
    } while (part.size() == AT_ONCE);
  }

  private void remove(Document document) {
    try {
      documents.write(List.of(new DocumentChange(KIND, document.key(), document.version(), null)));
    } catch (StoreException e) {
      if (e.reason() != Reason.CONFLICT) {
        throw e;
      }
    }
  }

  private static String key(DeploymentId deployment, String trigger) {
    return deployment + "/" + trigger;
  }
}
