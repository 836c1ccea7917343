package dev.slipway.runtime.embedded;

import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.List;
import java.util.Optional;

/**
 * Documents in the database of a store. Thread-safe.
 *
 * @param readers reads
 * @param writer writes
 */
record JdbcDocuments(Readers readers, Writer writer) implements Documents {

  @Override
  public Optional<Document> read(String kind, String key) {
    return readers.read(session -> DocumentRows.read(session, kind, key));
  }

  @Override
  public List<Document> list(String kind, String prefix, String after, int limit) {
    return limit < 1
        ? List.of()
        : readers.read(session -> DocumentRows.list(session, kind, prefix, after, limit));
  }

  @Override
  public void write(List<DocumentChange> changes) {
    writer.write(
        transaction -> {
          DocumentRows.write(transaction.session(), changes);
          return changes;
        });
  }
}
