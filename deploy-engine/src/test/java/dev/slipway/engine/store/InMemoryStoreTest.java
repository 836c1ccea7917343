package dev.slipway.engine.store;

import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.testkit.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class InMemoryStoreTest extends StoreContract {

  private FileGroupBooks books;
  private InMemoryStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    books = new FileGroupBooks(directory);
    store = new InMemoryStore(books);
  }

  @Override
  protected Store store() {
    return store;
  }

  @Override
  protected GroupBooks books() {
    return books;
  }
}
