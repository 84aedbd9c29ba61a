package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Sha256;
import dev.anvil.store.DamagedException;
import dev.anvil.store.Run;
import dev.anvil.store.Run.Failure;
import dev.anvil.store.Run.Request;
import dev.anvil.store.Run.State;
import dev.anvil.store.StoredPost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace that Anvil 0.1 wrote before its ledger had leases and its values checksums. */
class MigrationTest {
  private static final byte[] MODEL = {1, 2, 3};
  private static final String FIT = "{\"metric\":\"likes\"}";

  @TempDir Path temp;

  @BeforeEach
  void writeVersion1() throws Exception {
    String blob = Sha256.of(MODEL);
    Path folder = Files.createDirectories(temp.resolve("blobs").resolve(blob.substring(0, 2)));
    Files.write(folder.resolve(blob.substring(2)), MODEL);
    DatabaseFile.execute(
        temp.resolve("anvil.db"),
        "PRAGMA journal_mode = WAL",
        """
        CREATE TABLE campaigns (
          name TEXT PRIMARY KEY,
          source TEXT NOT NULL,
          saved TEXT NOT NULL)
        """,
        """
        CREATE TABLE posts (
          campaign TEXT NOT NULL REFERENCES campaigns ON DELETE CASCADE,
          id TEXT NOT NULL,
          creative TEXT NOT NULL,
          picture TEXT NOT NULL,
          time TEXT NOT NULL,
          metrics TEXT NOT NULL,
          metadata TEXT NOT NULL,
          PRIMARY KEY (campaign, id)) WITHOUT ROWID
        """,
        """
        CREATE TABLE runs (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          command TEXT NOT NULL,
          arguments TEXT NOT NULL,
          seed INTEGER NOT NULL,
          code_version TEXT NOT NULL,
          pid INTEGER NOT NULL,
          process_started INTEGER NOT NULL,
          started TEXT NOT NULL,
          ended TEXT,
          status TEXT NOT NULL,
          outcome TEXT)
        """,
        """
        CREATE TABLE artefacts (
          run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
          name TEXT NOT NULL,
          type TEXT NOT NULL,
          content TEXT NOT NULL,
          PRIMARY KEY (run, name)) WITHOUT ROWID
        """,
        """
        CREATE TABLE results (
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          value BLOB NOT NULL,
          PRIMARY KEY (kind, key))
        """,
        "INSERT INTO campaigns VALUES ('cars', 'posts.csv', '2026-01-02T03:04:05Z')",
        """
        INSERT INTO posts VALUES
          ('cars', 'p1', 'ab', '/a.jpg', '2017-03-04T18:20:00', '{"likes":3}', '{}')
        """,
        """
        INSERT INTO runs VALUES
          (1, 'fit', '%s', 7, '0.1', 99, 1, '2026-01-02T03:04:05Z', '2026-01-02T03:05:05Z',
            'FINISHED', 'model of likes'),
          (2, 'study', '{"model":"1"}', 8, '0.1', 99, 1, '2026-01-03T03:04:05Z',
            '2026-01-03T03:05:05Z', 'FAILED', 'no pictures'),
          (3, 'study', '{"model":"1"}', 8, '0.1', 99, 1, '2026-01-04T03:04:05Z', NULL,
            'RUNNING', NULL)
        """
            .formatted(FIT),
        "INSERT INTO artefacts VALUES (1, 'model', 'blob', '%s')".formatted(blob),
        "INSERT INTO artefacts VALUES (1, 'report', 'json', '{\"r2\":0.33}')",
        "INSERT INTO results VALUES ('segmentation', 'k', x'0102'), ('told', 'k', 'red')",
        "PRAGMA application_id = " + 0x416e766c,
        "PRAGMA user_version = 1");
  }

  @Test
  void whatWasKeptIsThere() {
    try (Workspace workspace = Workspace.open(temp)) {
      assertThat(workspace.posts().load("cars"))
          .contains(
              List.of(
                  new StoredPost(
                      "p1", "ab", "/a.jpg", "2017-03-04T18:20:00", "{\"likes\":3}", "{}")));
      assertThat(workspace.posts().source("cars")).contains("posts.csv");
      assertThat(workspace.results().bytes("segmentation", "k")).contains(new byte[] {1, 2});
      assertThat(workspace.results().get("told", "k")).contains("red");
      assertThat(workspace.artefacts().json(1, "report")).contains("{\"r2\":0.33}");
      assertThat(workspace.artefacts().blob(1, "model")).contains(MODEL);
    }
  }

  @Test
  void runsKeepTheirArgumentsTimesAndOutcomes() {
    try (Workspace workspace = Workspace.open(temp)) {
      Run fit = workspace.runs().get(1).orElseThrow();
      assertThat(fit.request()).isEqualTo(new Request("fit", FIT, "", 7, "0.1"));
      assertThat(fit.state()).isEqualTo(State.FINISHED);
      assertThat(fit.times().submitted()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
      assertThat(fit.times().started()).contains(Instant.parse("2026-01-02T03:04:05Z"));
      assertThat(fit.times().ended()).contains(Instant.parse("2026-01-02T03:05:05Z"));
      assertThat(fit.result())
          .contains(
              new Run.Result(
                  "model of likes",
                  Map.of("model", Sha256.of(MODEL), "report", Sha256.of("{\"r2\":0.33}"))));
      assertThat(workspace.runs().get(2).orElseThrow().failure())
          .contains(new Failure("failed", "no pictures"));
      assertThat(workspace.runs().get(3).orElseThrow().state()).isEqualTo(State.INTERRUPTED);
      assertThat(workspace.runs().list()).hasSize(3);
      assertThat(workspace.runs().submit(new Request("fit", FIT, "", 7, "0.1")).id()).isEqualTo(4);
    }
  }

  @Test
  void aRunThatWasFinishedIsWholeAsLongAsItsArtefactsAreAsTheyWere() throws Exception {
    try (Workspace workspace = Workspace.open(temp)) {
      assertThat(workspace.runs().isWhole(1)).isTrue();
      Files.delete(workspace.blobs().path(Sha256.of(MODEL)));
      assertThat(workspace.runs().isWhole(1)).isFalse();
    }
  }

  @Test
  void damageAfterwardsIsNoticed() {
    Workspace.open(temp).close();
    DatabaseFile.execute(
        temp.resolve("anvil.db"),
        "UPDATE results SET value = 'rad' WHERE kind = 'told'",
        "UPDATE artefacts SET content = '{\"r2\":0.83}' WHERE name = 'report'",
        "UPDATE posts SET metrics = '{\"likes\":9}'");
    try (Workspace workspace = Workspace.open(temp, problem -> {})) {
      assertThat(workspace.results().get("told", "k")).isEqualTo(Optional.empty());
      assertThat(workspace.runs().isWhole(1)).isFalse();
      assertThatThrownBy(() -> workspace.artefacts().json(1, "report"))
          .isInstanceOf(DamagedException.class);
      assertThatThrownBy(() -> workspace.posts().load("cars")).isInstanceOf(DamagedException.class);
    }
  }
}
