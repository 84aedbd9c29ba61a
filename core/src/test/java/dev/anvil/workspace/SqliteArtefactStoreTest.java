package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.store.ArtefactStore;
import dev.anvil.store.ArtefactStoreContract;
import dev.anvil.store.DamagedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteArtefactStoreTest extends ArtefactStoreContract {
  @TempDir Path temp;
  private DatabaseFile kept;

  @BeforeEach
  void open() {
    kept = new DatabaseFile(temp);
  }

  @AfterEach
  void close() {
    kept.close();
  }

  @Override
  protected ArtefactStore artefacts() {
    return kept.artefacts();
  }

  @Override
  protected long run() {
    return kept.run();
  }

  @Test
  void jsonThatHasChangedIsNotGiven() {
    long run = run();
    artefacts().putJson(run, "study", "{\"relative\":0.336}");
    kept.damage("UPDATE artefacts SET content = '{\"relative\":0.236}'");
    assertThatThrownBy(() -> artefacts().json(run, "study"))
        .isInstanceOf(DamagedException.class)
        .hasMessage(
            "artefact study of run 1: found that the workspace does not keep it as it was put;"
                + " the same request makes it anew");
    assertThat(artefacts().contentHash(run, "study"))
        .isNotEqualTo(artefacts().hashes(run).get("study"));
  }

  @Test
  void bytesThatAreGoneOrHaveChangedAreNotGiven() throws Exception {
    long run = run();
    Path file = kept.blobs.path(artefacts().putBlob(run, "model", new byte[] {1, 2}));
    Files.write(file, new byte[] {1, 3});
    assertThatThrownBy(() -> artefacts().blob(run, "model")).isInstanceOf(DamagedException.class);
    Files.delete(file);
    assertThatThrownBy(() -> artefacts().blob(run, "model")).isInstanceOf(DamagedException.class);
    assertThat(artefacts().contentHash(run, "model")).isEmpty();
  }

  @Test
  void aBlobsNameThatHasChangedIsNoticed() {
    long run = run();
    artefacts().putBlob(run, "model", new byte[] {1, 2});
    String other = kept.blobs.put(new byte[] {7});
    kept.damage("UPDATE artefacts SET content = '%s'".formatted(other));
    assertThatThrownBy(() -> artefacts().blob(run, "model")).isInstanceOf(DamagedException.class);
  }
}
