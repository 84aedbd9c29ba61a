package dev.anvil.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryBlobStoreTest extends BlobStoreContract {
  @TempDir Path temp;
  private MemoryStores stores;

  @BeforeEach
  void open() {
    stores = new MemoryStores(temp, Clock.systemUTC());
  }

  @Override
  protected BlobStore blobs() {
    return stores.blobs();
  }
}
