package dev.slipway.engine.domain;

import dev.slipway.engine.journal.Json;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one operation reads, and what it changes. Reads do not see its changes. */
final class Changes extends Records {

  private final Documents documents;
  private final Map<String, DocumentChange> changes = new LinkedHashMap<>();

  Changes(Documents documents) {
    super(documents);
    this.documents = documents;
  }

  <T> void put(Kind<T> kind, String key, T value) {
    change(new DocumentChange(kind.name(), key, version(kind, key), Json.write(value)));
  }

  void remove(Kind<?> kind, String key) {
    long version = version(kind, key);
    if (version > 0) {
      change(new DocumentChange(kind.name(), key, version, null));
    }
  }

  void removeAll(Kind<?> kind, String prefix) {
    documentsOf(kind, prefix)
        .forEach(
            document ->
                change(new DocumentChange(kind.name(), document.key(), document.version(), null)));
  }

  private void change(DocumentChange change) {
    changes.put(change.kind() + " " + change.key(), change);
  }

  private long version(Kind<?> kind, String key) {
    return documents.read(kind.name(), key).map(Document::version).orElse(0L);
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  List<DocumentChange> with(DocumentChange last) {
    List<DocumentChange> all = new ArrayList<>(changes.values());
    all.add(last);
    return all;
  }
}
