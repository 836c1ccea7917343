package dev.slipway.engine.store;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps documents as long as the process lives. Thread-safe: guarded by its own monitor. */
public final class InMemoryDocuments implements Documents {

  private final Map<String, NavigableMap<String, Document>> kinds = new HashMap<>();

  /** Makes one without documents. */
  public InMemoryDocuments() {}

  @Override
  public synchronized Optional<Document> read(String kind, String key) {
    return Optional.ofNullable(of(kind).get(key));
  }

  @Override
  public synchronized List<Document> list(String kind, String prefix, String after, int limit) {
    NavigableMap<String, Document> found =
        after.compareTo(prefix) < 0
            ? of(kind).tailMap(prefix, true)
            : of(kind).tailMap(after, false);
    return found.values().stream()
        .takeWhile(document -> document.key().startsWith(prefix))
        .limit(Math.max(limit, 0))
        .toList();
  }

  @Override
  public synchronized void write(List<DocumentChange> changes) {
    for (DocumentChange change : changes) {
      Document kept = of(change.kind()).get(change.key());
      if (change.expected() != (kept == null ? 0 : kept.version())) {
        throw new StoreException(
            Reason.CONFLICT,
            "document %s %s does not have version %d: somebody else has changed it meanwhile"
                .formatted(change.kind(), change.key(), change.expected()));
      }
    }
    changes.forEach(this::apply);
  }

  private void apply(DocumentChange change) {
    String json = change.json();
    if (json == null) {
      of(change.kind()).remove(change.key());
    } else {
      of(change.kind())
          .put(
              change.key(), new Document(change.kind(), change.key(), change.expected() + 1, json));
    }
  }

  private NavigableMap<String, Document> of(String kind) {
    return kinds.computeIfAbsent(kind, name -> new TreeMap<>());
  }
}
