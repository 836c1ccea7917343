package dev.slipway.runtime.embedded;

import dev.slipway.spi.store.Documents;
import dev.slipway.testkit.DocumentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentsTest extends DocumentsContract {

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
  protected Documents documents() {
    return store.documents();
  }
}
