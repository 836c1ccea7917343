package dev.slipway.engine.store;

import dev.slipway.spi.store.Documents;
import dev.slipway.testkit.DocumentsContract;

class InMemoryDocumentsTest extends DocumentsContract {

  private final InMemoryDocuments documents = new InMemoryDocuments();

  @Override
  protected Documents documents() {
    return documents;
  }
}
