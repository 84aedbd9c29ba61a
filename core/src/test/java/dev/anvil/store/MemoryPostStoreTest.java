package dev.anvil.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryPostStoreTest extends PostStoreContract {
  @TempDir Path temp;
  private MemoryStores stores;

  @BeforeEach
  void open() {
    stores = new MemoryStores(temp, Clock.systemUTC());
  }

  @Override
  protected PostStore posts() {
    return stores.posts();
  }
}
