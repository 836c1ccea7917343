package dev.slipway.engine.domain;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.function.Function;

/**
 * Changes documents, one operation at a time: whatever an operation has read is still so when its
 * changes are made, or it is done again. Thread-safe.
 */
final class Ledger extends Records {

  private static final String GUARD = "guard";

  private final Documents documents;

  Ledger(Documents documents) {
    super(documents);
    this.documents = documents;
  }

  /** Does an operation, whose changes are made together. It may be run more than once. */
  <T> T change(Function<Changes, T> operation) {
    while (true) {
      long guard = documents.read(GUARD, GUARD).map(Document::version).orElse(0L);
      Changes changes = new Changes(documents);
      T answer = operation.apply(changes);
      if (changes.isEmpty()) {
        return answer;
      }
      try {
        documents.write(changes.with(new DocumentChange(GUARD, GUARD, guard, "{}")));
        return answer;
      } catch (StoreException e) {
        if (e.reason() != Reason.CONFLICT) {
          throw e;
        }
      }
    }
  }
}
