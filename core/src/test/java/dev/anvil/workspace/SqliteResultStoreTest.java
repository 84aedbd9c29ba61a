package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.Problem;
import dev.anvil.store.ResultStore;
import dev.anvil.store.ResultStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteResultStoreTest extends ResultStoreContract {
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
  protected ResultStore results() {
    return kept.results();
  }

  @Test
  void aFlippedDigitIsNoticedAndTheValueCountsAsAbsent() {
    results().put("effect", "k", "{\"relative\":0.336}");
    kept.damage("UPDATE results SET value = CAST('{\"relative\":0.236}' AS BLOB)");
    assertThat(results().get("effect", "k")).isEmpty();
    assertThat(kept.damage)
        .containsExactly(
            new Problem("effect k", "found that the workspace keeps it damaged; it is made anew"));
    results().put("effect", "k", "{\"relative\":0.336}");
    assertThat(results().get("effect", "k")).contains("{\"relative\":0.336}");
    assertThat(kept.damage).hasSize(1);
  }

  @Test
  void aValueUnderAnotherKeyIsNoticed() {
    results().put("effect", "k", "1");
    kept.damage("UPDATE results SET key = 'l'");
    assertThat(results().get("effect", "l")).isEmpty();
    assertThat(kept.damage).hasSize(1);
  }
}
