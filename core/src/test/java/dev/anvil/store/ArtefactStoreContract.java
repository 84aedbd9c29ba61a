package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.Sha256;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of artefacts does. */
public abstract class ArtefactStoreContract {
  private static final byte[] BYTES = {1, 2, 3};

  protected abstract ArtefactStore artefacts();

  /** The id of a run that is there. */
  protected abstract long run();

  @Test
  void keepsJsonAndBytesByRunAndName() {
    long run = run();
    artefacts().putJson(run, "table", "{\"r2\":0.33}");
    assertThat(artefacts().putBlob(run, "model", BYTES)).isEqualTo(Sha256.of(BYTES));
    assertThat(artefacts().json(run, "table")).contains("{\"r2\":0.33}");
    assertThat(artefacts().blob(run, "model")).contains(BYTES);
    assertThat(artefacts().json(run, "model")).isEmpty();
    assertThat(artefacts().blob(run, "table")).isEmpty();
    assertThat(artefacts().json(run, "other")).isEmpty();
    assertThat(artefacts().names(run)).containsExactly("model", "table");
  }

  @Test
  void theSameNameAgainReplacesWhatWasThere() {
    long run = run();
    artefacts().putJson(run, "model", "{}");
    artefacts().putBlob(run, "model", BYTES);
    assertThat(artefacts().json(run, "model")).isEmpty();
    assertThat(artefacts().blob(run, "model")).contains(BYTES);
  }

  @Test
  void hashesAreThoseOfTheContent() {
    long run = run();
    artefacts().putJson(run, "table", "{}");
    artefacts().putBlob(run, "model", BYTES);
    assertThat(artefacts().hashes(run))
        .isEqualTo(Map.of("model", Sha256.of(BYTES), "table", Sha256.of("{}")));
    assertThat(artefacts().contentHash(run, "table")).contains(Sha256.of("{}"));
    assertThat(artefacts().contentHash(run, "model")).contains(Sha256.of(BYTES));
    assertThat(artefacts().contentHash(run, "other")).isEqualTo(Optional.empty());
  }
}
