package dev.anvil.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.anvil.ConflictException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.store.Run;
import dev.anvil.store.StoredPost;
import dev.anvil.workspace.WorkspaceCare.Cleaning;
import dev.anvil.workspace.WorkspaceCare.Damage;
import dev.anvil.workspace.WorkspaceCare.Removal;
import dev.anvil.workspace.WorkspaceCare.Repair;
import dev.anvil.workspace.WorkspaceCare.Size;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCareTest {
  private static final byte[] MODEL = {1, 2, 3};

  @TempDir Path temp;
  private Path picture;
  private Workspace workspace;
  private WorkspaceCare care;

  @BeforeEach
  void fill() throws IOException {
    picture = Files.writeString(temp.resolve("a.jpg"), "picture");
    workspace = Workspace.open(temp.resolve("ws"), problem -> {});
    care = new WorkspaceCare(workspace);
    workspace
        .posts()
        .save(
            "cars",
            "posts.csv",
            "{}",
            "{}",
            List.of(
                new StoredPost(
                    "p1",
                    Sha256.of("picture"),
                    picture.toString(),
                    "2017-03-04T18:20:00",
                    "{\"likes\":3}",
                    "{}")));
    long run = claimed("fit");
    workspace.artefacts().putJson(run, "table", "{\"r2\":0.33}");
    workspace.artefacts().putBlob(run, "model", MODEL);
    workspace.runs().finish(run, "a", "{}", Set.of("table", "model"));
    workspace.results().put("told", "k", "red");
    workspace.embeddings("e", 2).put(Map.of(Sha256.of("1"), new float[2]));
    workspace.embeddings("e", 2).put(Map.of(Sha256.of("2"), new float[2]));
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private long claimed(String command) {
    long id = workspace.runs().submit(Run.Request.of(command, "{}", 1, "0.1")).id();
    return workspace.runs().claim(id, "a", Duration.ofMinutes(1)).orElseThrow().id();
  }

  private void sql(String... statements) {
    DatabaseFile.execute(temp.resolve("ws/anvil.db"), statements);
  }

  private List<Damage> damage() {
    return care.check(RunContext.NONE).damage();
  }

  @Test
  void aSoundWorkspaceIsSound() {
    assertThat(damage()).isEmpty();
    assertThat(care.repair(RunContext.NONE)).isEqualTo(new Repair(List.of(), List.of()));
  }

  @Test
  void everyKindOfDamageIsFoundAndWhatCanBeMadeAnewIsDropped() throws IOException {
    Path blob = workspace.blobs().path(Sha256.of(MODEL));
    sql(
        "UPDATE results SET value = CAST('rad' AS BLOB)",
        "UPDATE artefacts SET content = '{\"r2\":0.83}' WHERE name = 'table'");
    Files.write(blob, new byte[] {9});
    assertThat(damage())
        .extracting(Damage::kind, Damage::where, Damage::droppable)
        .containsExactly(
            tuple("artefact", "model of run 1", true),
            tuple("artefact", "table of run 1", true),
            tuple("result", "told k", true),
            tuple("blob", blob.toString(), true));
    assertThat(blob).as("a check changes nothing").exists();

    assertThat(care.repair(RunContext.NONE).dropped()).hasSize(4);
    assertThat(blob).doesNotExist();
    assertThat(workspace.results().counts()).isEmpty();
    assertThat(workspace.runs().isWhole(1)).isFalse();
    assertThat(damage())
        .extracting(Damage::found)
        .containsExactly("its artefact model is gone", "its artefact table is gone");
  }

  @Test
  void picturesThatChangedOrWentAreNamedAndLeft() throws IOException {
    Files.writeString(picture, "another");
    Damage changed =
        new Damage(
            "picture",
            "cars, post p1: " + picture,
            "has changed since its import",
            "restore the file, or import the campaign again",
            false);
    assertThat(damage()).containsExactly(changed);
    assertThat(care.repair(RunContext.NONE)).isEqualTo(new Repair(List.of(), List.of(changed)));
    Files.delete(picture);
    assertThat(damage()).extracting(Damage::found).containsExactly("is not there");
    Files.writeString(picture, "picture");
    assertThat(damage()).isEmpty();
  }

  @Test
  void damagedPostsAndRunsAreFound() {
    sql("UPDATE posts SET metrics = '{\"likes\":9}'", "UPDATE runs SET seed = 2");
    assertThat(damage()).extracting(Damage::kind).containsExactly("run", "campaign");
    Repair repair = care.repair(RunContext.NONE);
    assertThat(repair.dropped()).extracting(Damage::where).containsExactly("run 1");
    assertThat(repair.left()).extracting(Damage::where).containsExactly("cars");
    assertThat(workspace.runs().list()).isEmpty();
  }

  @Test
  void damagedEmbeddingsAreCounted() throws IOException {
    Path chunk = workspace.embeddingFolders().get(0).resolve("00000.f32");
    try (FileChannel channel = FileChannel.open(chunk, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {7}), 16 + 36);
    }
    assertThat(damage()).extracting(Damage::found).containsExactly("rows that are damaged: 1");
  }

  @Test
  void embeddingsOfWhichNothingCanBeReadAreDropped() throws IOException {
    Path chunk = workspace.embeddingFolders().get(0).resolve("00000.f32");
    Files.write(chunk, new byte[64]);
    assertThat(care.repair(RunContext.NONE).dropped())
        .extracting(Damage::kind)
        .containsExactly("embeddings");
    assertThat(chunk).doesNotExist();
  }

  @Test
  void sizesAreByKindAndEncoder() {
    List<Size> sizes = care.size();
    assertThat(sizes).contains(new Size("results", "told", 1, 3));
    assertThat(sizes).contains(new Size("blobs", "", 1, MODEL.length));
    assertThat(sizes)
        .anySatisfy(
            size -> {
              assertThat(size.kind()).isEqualTo("embeddings");
              assertThat(size.name()).startsWith("e-");
              assertThat(size.bytes()).isEqualTo(16 + 2 * (36 + 8));
            });
  }

  @Test
  void cleaningRemovesWhatNothingRefersToAndNothingElse() throws IOException {
    long failed = claimed("study");
    workspace.artefacts().putBlob(failed, "picture", new byte[] {4});
    workspace.runs().fail(failed, "a", new Run.Failure("INTERNAL", "no"));
    String stray = workspace.blobs().put(new byte[] {5});
    String ofResult = workspace.blobs().put(new byte[] {6});
    workspace.results().put("variant-png", "k", ofResult);
    Path unfinished = Files.writeString(temp.resolve("ws/blobs/unfinished/x.part"), "half");

    Cleaning would = care.clean(/* dryRun= */ true);
    assertThat(would.removals())
        .extracting(Removal::kind)
        .containsExactly("run", "blob", "blob", "unfinished");
    assertThat(workspace.runs().list()).hasSize(2);
    assertThat(unfinished).exists();

    Cleaning cleaning = care.clean(/* dryRun= */ false);
    assertThat(cleaning.removals()).isEqualTo(would.removals());
    assertThat(workspace.blobs().list())
        .containsExactlyInAnyOrder(ofResult, Sha256.of(MODEL))
        .doesNotContain(stray);
    assertThat(unfinished).doesNotExist();
    assertThat(workspace.runs().list()).extracting(Run::id).containsExactly(1L);
    assertThat(workspace.runs().isWhole(1)).isTrue();
    assertThat(damage()).isEmpty();
    assertThat(care.clean(/* dryRun= */ false).removals()).isEmpty();
  }

  @Test
  void nothingIsCleanedOrRepairedWhileARunIsAtWork() {
    claimed("study");
    assertThatThrownBy(() -> care.clean(/* dryRun= */ true))
        .isInstanceOf(ConflictException.class)
        .hasMessageEndingWith("run 2 (study) is at work; wait for its end or cancel it first");
    assertThatThrownBy(() -> care.repair(RunContext.NONE)).isInstanceOf(ConflictException.class);
    assertThat(damage()).isEmpty();
  }
}
