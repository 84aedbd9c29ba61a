package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.store.ResultStore;
import dev.anvil.store.Run;
import dev.anvil.store.StoredPost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path temp;

  @Test
  void keepsEverythingOverReopening() {
    StoredPost post =
        new StoredPost("p1", "ab", "/a.jpg", "2017-03-04T18:20:00", "{\"likes\":3}", "{}");
    long run;
    try (Workspace workspace = Workspace.open(temp.resolve("new/ws"))) {
      workspace.posts().save("cars", "posts.csv", "{\"likes\":\"COUNT\"}", "{}", List.of(post));
      workspace.results().put("segmentation", "k", "[1,2]");
      run = workspace.runs().submit(Run.Request.of("fit", "{}", 7, "0.1")).id();
      workspace.runs().claim(run, "a", Duration.ofMinutes(1));
      workspace.artefacts().putJson(run, "table", "{\"r2\":0.33}");
      workspace.artefacts().putBlob(run, "model", new byte[] {1, 2, 3});
      workspace.runs().finish(run, "a", "{}", Set.of("model", "table"));
    }
    try (Workspace workspace = Workspace.open(temp.resolve("new/ws"))) {
      assertThat(workspace.posts().names()).containsExactly("cars");
      assertThat(workspace.posts().source("cars")).contains("posts.csv");
      assertThat(workspace.posts().kinds("cars")).contains("{\"likes\":\"COUNT\"}");
      assertThat(workspace.posts().load("cars")).contains(List.of(post));
      assertThat(workspace.posts().load("bikes")).isEmpty();
      assertThat(workspace.results().get("segmentation", "k")).contains("[1,2]");
      assertThat(workspace.results().get("segmentation", "other")).isEmpty();
      assertThat(workspace.results().counts()).isEqualTo(Map.of("segmentation", 1L));
      assertThat(workspace.artefacts().names(run)).containsExactly("model", "table");
      assertThat(workspace.artefacts().json(run, "table")).contains("{\"r2\":0.33}");
      assertThat(workspace.artefacts().blob(run, "model")).contains(new byte[] {1, 2, 3});
      assertThat(workspace.runs().get(run).orElseThrow().state()).isEqualTo(Run.State.FINISHED);
    }
  }

  @Test
  void aCopyOfAnOpenWorkspaceHasWhatIsKeptAndStaysAsItIs() throws Exception {
    try (Workspace workspace = Workspace.open(temp.resolve("ws"))) {
      workspace.posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1")));
      String blob = workspace.blobs().put(new byte[] {1, 2, 3});
      workspace.embeddings("own", 2).put(Map.of(Sha256.of("k"), new float[] {1, 2}));

      workspace.copyTo(temp.resolve("copy"));

      workspace.posts().save("bikes", "b.csv", "{}", "{}", List.of(post("p2")));
      try (Workspace copy = Workspace.open(temp.resolve("copy"))) {
        assertThat(copy.posts().names()).containsExactly("cars");
        assertThat(copy.blobs().get(blob)).contains(new byte[] {1, 2, 3});
        assertThat(copy.embeddings("own", 2).get(Sha256.of("k"))).contains(new float[] {1, 2});
      }
    }
  }

  @Test
  void savingACampaignAgainReplacesItsPosts() {
    try (Workspace workspace = Workspace.open(temp)) {
      workspace.posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1"), post("p2")));
      workspace.posts().save("cars", "b.csv", "{}", "{}", List.of(post("p3")));
      assertThat(workspace.posts().load("cars")).contains(List.of(post("p3")));
    }
  }

  @Test
  void keepsNothingOfASaveThatFails() {
    try (Workspace workspace = Workspace.open(temp)) {
      workspace.posts().save("cars", "a.csv", "{}", "{}", List.of(post("p1")));
      assertThatThrownBy(
              () ->
                  workspace
                      .posts()
                      .save("cars", "b.csv", "{}", "{}", List.of(post("p2"), post("p2"))))
          .isInstanceOf(WorkspaceException.class)
          .hasMessageContaining("UNIQUE");
      assertThat(workspace.posts().load("cars")).contains(List.of(post("p1")));
      assertThat(workspace.posts().source("cars")).contains("a.csv");
    }
  }

  @Test
  void refusesAFolderOfOtherThings() throws Exception {
    Files.writeString(temp.resolve("holiday.txt"), "sun");
    assertThatThrownBy(() -> Workspace.open(temp))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            temp
                + ": is not a workspace: found holiday.txt and no anvil.db; expected a workspace, or a new or empty folder");
    assertThat(temp.resolve("blobs")).doesNotExist();
  }

  @Test
  void refusesAFile() throws Exception {
    Path file = Files.writeString(temp.resolve("posts.csv"), "a");
    assertThatThrownBy(() -> Workspace.open(file))
        .hasMessage(file + ": is a file; expected a folder");
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws Exception {
    Path file = Files.writeString(temp.resolve("posts.csv"), "a");
    assertThatThrownBy(() -> Workspace.open(file.resolve("ws")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written; expected a folder that this user may write");
  }

  @Test
  void refusesADatabaseThatIsNone() throws Exception {
    Path file = Files.writeString(temp.resolve("anvil.db"), "not a database".repeat(100));
    assertThatThrownBy(() -> Workspace.open(temp))
        .hasMessage(file + ": is not a database; expected an Anvil workspace or a new folder");
  }

  @Test
  void refusesAnotherProgramsDatabase() throws Exception {
    sql("CREATE TABLE songs (title TEXT)");
    assertThatThrownBy(() -> Workspace.open(temp))
        .hasMessageEndingWith("is another program's database; expected an Anvil workspace");
  }

  @Test
  void refusesAWorkspaceOfANewerAnvil() throws Exception {
    Workspace.open(temp).close();
    sql("PRAGMA user_version = 99");
    assertThatThrownBy(() -> Workspace.open(temp))
        .hasMessageEndingWith(
            "was written by a newer Anvil (workspace version 99); this one reads up to version %d, update Anvil or use another folder"
                .formatted(Schema.VERSION));
  }

  @Test
  void saysWhenTheDiskIsFullAndKeepsWhatWasSaved() {
    Path file = temp.resolve("anvil.db");
    try (Workspace workspace = Workspace.open(temp)) {
      workspace.results().put("k", "before", "kept");
    }
    try (Database database = Database.open(file)) {
      database.query("PRAGMA max_page_count = 20", row -> row.getInt(1));
      ResultStore results = new SqliteResultStore(database, problem -> {});
      assertThatThrownBy(() -> results.put("k", "big", new byte[1 << 20]))
          .isInstanceOf(WorkspaceException.class)
          .hasMessage(
              file
                  + ": the disk is full; free some space and run again, nothing that was saved is lost");
      assertThat(results.get("k", "before")).contains("kept");
      assertThat(results.get("k", "big")).isEmpty();
    }
  }

  private static StoredPost post(String id) {
    return new StoredPost(id, "ab", "/a.jpg", "2017-03-04T18:20:00", "{}", "{}");
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("anvil.db"))) {
      Database.execute(connection, statement);
    }
  }
}
