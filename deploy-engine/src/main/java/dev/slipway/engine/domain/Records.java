package dev.slipway.engine.domain;

import dev.slipway.engine.journal.Json;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads documents as values. Thread-safe. */
class Records {

  private static final int AT_ONCE = 1000;

  private final Documents documents;

  Records(Documents documents) {
    this.documents = documents;
  }

  <T> Optional<T> find(Kind<T> kind, String key) {
    return documents.read(kind.name(), key).map(document -> value(kind, document));
  }

  <T> List<T> list(Kind<T> kind, String prefix, String after, int limit) {
    return documents.list(kind.name(), prefix, after, limit).stream()
        .map(document -> value(kind, document))
        .toList();
  }

  <T> List<T> all(Kind<T> kind, String prefix) {
    return documentsOf(kind, prefix).stream().map(document -> value(kind, document)).toList();
  }

  List<Document> documentsOf(Kind<?> kind, String prefix) {
    List<Document> all = new ArrayList<>();
    List<Document> part;
    do {
      String after = all.isEmpty() ? "" : all.get(all.size() - 1).key();
      part = documents.list(kind.name(), prefix, after, AT_ONCE);
      all.addAll(part);
    } while (part.size() == AT_ONCE);
    return all;
  }

  private static <T> T value(Kind<T> kind, Document document) {
    return Json.read(document.json(), kind.type());
  }
}
