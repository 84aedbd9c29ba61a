package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Problem;
import dev.anvil.store.ArtefactStore;
import dev.anvil.store.Ledger;
import dev.anvil.store.LedgerContract;
import dev.anvil.store.Run.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {
  @TempDir Path temp;
  private DatabaseFile kept;

  @BeforeEach
  void open() {
    kept = new DatabaseFile(temp, clock);
  }

  @AfterEach
  void close() {
    kept.close();
  }

  @Override
  protected Ledger runs() {
    return kept.runs();
  }

  @Override
  protected ArtefactStore artefacts() {
    return kept.artefacts();
  }

  @Test
  void anotherProcessSeesCancelsAndTakesUpRuns() {
    long id = claim("a");
    try (DatabaseFile other = new DatabaseFile(temp, clock)) {
      assertThat(other.runs().submit(REQUEST).id()).isEqualTo(id);
      assertThat(other.runs().claim(id, "b", LEASE)).isEmpty();
      other.runs().requestCancel(id);
      assertThat(runs().heartbeat(id, "a").cancelRequested()).isTrue();
      runs().cancel(id, "a");
      assertThat(other.runs().get(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
      long second = claim("a");
      clock.advance(LEASE);
      assertThat(other.runs().submit(REQUEST).id()).isEqualTo(second);
    }
  }

  @Test
  void aRunWhoseJsonWasDamagedIsDoneAgain() {
    long id = finished();
    kept.damage("UPDATE artefacts SET content = '{\"r2\":0.9}' WHERE name = 'table'");
    assertThat(runs().isWhole(id)).isFalse();
    assertThat(find()).isEmpty();
    assertThat(finished()).isNotEqualTo(id);
    assertThat(find()).isPresent();
  }

  @Test
  void aRunWhoseBlobIsGoneOrDamagedIsDoneAgain() throws Exception {
    long id = finished();
    Path blob = kept.blobs.path(artefacts().hashes(id).get("model"));
    Files.write(blob, new byte[] {9});
    assertThat(find()).isEmpty();
    Files.delete(blob);
    assertThat(find()).isEmpty();
    // the same bytes make both runs whole again
    assertThat(finished()).isNotEqualTo(id);
    assertThat(runs().isWhole(id)).isTrue();
  }

  @Test
  void aRunWhoseArtefactWasRemovedIsDoneAgain() {
    long id = finished();
    kept.damage("DELETE FROM artefacts WHERE name = 'model'");
    assertThat(runs().isWhole(id)).isFalse();
  }

  @Test
  void finishIsRefusedWhileAnArtefactIsDamaged() throws Exception {
    long id = claim("a");
    String hash = artefacts().putBlob(id, "model", new byte[] {1, 2});
    Files.delete(kept.blobs.path(hash));
    assertThatThrownBy(() -> runs().finish(id, "a", "{}", Set.of("model")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run 1: found that the artefact model is not as it was put; expected it whole");
  }

  @Test
  void aRowThatWasDamagedCountsAsAbsentAndHidesNoOther() {
    long first = finished();
    long second = finished();
    kept.damage("UPDATE runs SET state = 'FINISHER' WHERE id = " + second);
    assertThat(runs().list()).singleElement().satisfies(r -> assertThat(r.id()).isEqualTo(first));
    assertThat(runs().get(second)).isEmpty();
    assertThat(kept.damage)
        .contains(
            new Problem(
                "run " + second,
                "found that the ledger keeps it damaged; it counts as not being there"));
    assertThat(find()).contains(first);
  }
}
