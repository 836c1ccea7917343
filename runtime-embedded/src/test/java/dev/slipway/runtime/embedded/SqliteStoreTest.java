package dev.slipway.runtime.embedded;

import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.Store;
import dev.slipway.testkit.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

  private JdbcStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = TestStore.open(directory, 100);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected Store store() {
    return store;
  }

  @Override
  protected GroupBooks books() {
    return store;
  }
}
