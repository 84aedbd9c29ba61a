package dev.anvil.store;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MemoryLedgerTest extends LedgerContract {
  @TempDir Path temp;
  private MemoryStores stores;

  @BeforeEach
  void open() {
    stores = new MemoryStores(temp, clock);
  }

  @Override
  protected Ledger runs() {
    return stores.runs();
  }

  @Override
  protected ArtefactStore artefacts() {
    return stores.artefacts();
  }
}
