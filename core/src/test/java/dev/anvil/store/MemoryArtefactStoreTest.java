package dev.anvil.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryArtefactStoreTest extends ArtefactStoreContract {
  @TempDir Path temp;
  private MemoryStores stores;

  @BeforeEach
  void open() {
    stores = new MemoryStores(temp, Clock.systemUTC());
  }

  @Override
  protected ArtefactStore artefacts() {
    return stores.artefacts();
  }

  @Override
  protected long run() {
    return stores.runs().submit(Run.Request.of("fit", "{}", 1, "0.1")).id();
  }
}
