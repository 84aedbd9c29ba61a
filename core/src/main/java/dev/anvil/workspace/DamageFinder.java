package dev.anvil.workspace;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.store.DamagedException;
import dev.anvil.store.Run;
import dev.anvil.store.StoredPost;
import dev.anvil.workspace.WorkspaceCare.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for damage, and remembers how what can be made anew is dropped. */
final class DamageFinder {
  private static final String AGAIN = "the same request makes it anew";
  private static final String PICTURE = "restore the file, or import the campaign again";

  /** Results that are not made anew by themselves. */
  private static final Map<String, String> BY_HAND =
      Map.of(
          "import", "import the campaign again",
          "chosen-model", "the newest model is used until another is chosen");

  private final Workspace workspace;
  private final Database database;
  private final FileBlobStore blobs;
  private final List<Damage> found = new ArrayList<>();
  private final List<Runnable> drops = new ArrayList<>();

  DamageFinder(Workspace workspace) {
    this.workspace = workspace;
    this.database = workspace.database();
    this.blobs = workspace.blobs();
  }

  /** All damage, that of the database first. */
  List<Damage> find(RunContext context) {
    integrity();
    runs();
    artefacts();
    results(context);
    blobs(context);
    embeddings(context);
    pictures(context);
    return found;
  }

  /** Drops what was found and can be made anew. */
  void drop() {
    drops.forEach(Runnable::run);
  }

  private void left(String kind, String where, String what, String mend) {
    found.add(new Damage(kind, where, what, mend, false));
  }

  private void droppable(String kind, String where, String what, String mend, Runnable drop) {
    found.add(new Damage(kind, where, what, mend, true));
    drops.add(drop);
  }

  private void integrity() {
    database.query("PRAGMA integrity_check", row -> row.getString(1)).stream()
        .filter(line -> !line.equals("ok"))
        .forEach(
            line ->
                left(
                    "database",
                    workspace.folder().toString(),
                    line,
                    "restore the folder from a backup, or import into a new workspace"));
  }

  private void runs() {
    List<Long> damaged =
        database
            .query(
                "SELECT * FROM runs ORDER BY id",
                row ->
                    SqliteRunRows.isWhole(row)
                        ? Optional.<Long>empty()
                        : Optional.of(row.getLong("id")))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    for (long id : damaged) {
      droppable(
          "run",
          "run " + id,
          "its row in the ledger is damaged",
          AGAIN,
          () -> delete("DELETE FROM runs WHERE id = ?", id));
    }
    for (Run run : workspace.runs().list()) {
      if (run.state() == Run.State.FINISHED) {
        Map<String, String> gone = new TreeMap<>(run.result().orElseThrow().artefacts());
        gone.keySet().removeAll(workspace.artefacts().names(run.id()));
        gone.keySet()
            .forEach(
                name ->
                    left(
                        "run",
                        "run %d (%s)".formatted(run.id(), run.request().command()),
                        "its artefact %s is gone".formatted(name),
                        AGAIN));
      }
    }
  }

  private record Artefact(long run, String name, String hash) {}

  private void artefacts() {
    for (Artefact artefact :
        database.query(
            "SELECT run, name, sha256 FROM artefacts ORDER BY run, name",
            row -> new Artefact(row.getLong(1), row.getString(2), row.getString(3)))) {
      Optional<String> now = workspace.artefacts().contentHash(artefact.run(), artefact.name());
      if (!now.equals(Optional.of(artefact.hash()))) {
        droppable(
            "artefact",
            "%s of run %d".formatted(artefact.name(), artefact.run()),
            now.isEmpty() ? "its bytes are gone" : "is not as it was put",
            AGAIN,
            () ->
                delete(
                    "DELETE FROM artefacts WHERE run = ? AND name = ?",
                    artefact.run(),
                    artefact.name()));
      }
    }
  }

  private record Result(String kind, String key, boolean whole) {}

  private void results(RunContext context) {
    List<Long> rows = database.query("SELECT rowid FROM results", row -> row.getLong(1));
    try (Phase phase = context.start("check results", rows.size())) {
      for (long row : rows) {
        database
            .first(
                "SELECT kind, key, value, checksum FROM results WHERE rowid = ?",
                r ->
                    new Result(
                        r.getString(1),
                        r.getString(2),
                        SqliteResultStore.checksum(r.getString(1), r.getString(2), r.getBytes(3))
                            == r.getLong(4)),
                row)
            .filter(result -> !result.whole())
            .ifPresent(
                result ->
                    droppable(
                        "result",
                        result.kind() + " " + result.key(),
                        "is not as it was put",
                        BY_HAND.getOrDefault(result.kind(), "it is made anew when it is needed"),
                        () -> delete("DELETE FROM results WHERE rowid = ?", row)));
        phase.step(1);
      }
    }
  }

  private void blobs(RunContext context) {
    List<String> names = blobs.list();
    try (Phase phase = context.start("check blobs", names.size())) {
      for (String name : names) {
        if (!blobs.isWhole(name)) {
          Path file = blobs.path(name);
          droppable(
              "blob",
              file.toString(),
              "does not have the bytes that its name promises",
              AGAIN,
              () -> FileTree.delete(file));
        }
        phase.step(1);
      }
    }
  }

  private void embeddings(RunContext context) {
    List<Path> folders = workspace.embeddingFolders();
    try (Phase phase = context.start("check embeddings", folders.size())) {
      for (Path folder : folders) {
        embeddings(folder);
        phase.step(1);
      }
    }
  }

  private void embeddings(Path folder) {
    try {
      Optional<Integer> dimension = FileEmbeddingStore.dimensionOf(folder);
      if (dimension.isPresent()) {
        try (FileEmbeddingStore store = FileEmbeddingStore.open(folder, dimension.get())) {
          if (store.damaged() > 0) {
            left(
                "embeddings",
                folder.toString(),
                "rows that are damaged: %d".formatted(store.damaged()),
                "nothing to do: they count as absent and are made anew");
          }
        }
      }
    } catch (InvalidInputException e) {
      droppable(
          "embeddings",
          folder.toString(),
          e.problems().get(0).message(),
          "they are made anew",
          () -> FileTree.delete(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pictures(RunContext context) {
    for (String campaign : workspace.posts().names()) {
      List<StoredPost> posts;
      try {
        posts = workspace.posts().load(campaign).orElseThrow();
      } catch (DamagedException e) {
        left("campaign", campaign, e.getMessage(), "import it again");
        continue;
      }
      try (Phase phase = context.start("check pictures of " + campaign, posts.size())) {
        for (StoredPost post : posts) {
          picture(campaign, post);
          phase.step(1);
        }
      }
    }
  }

  private void picture(String campaign, StoredPost post) {
    Path file = Path.of(post.picture());
    String where = "%s, post %s: %s".formatted(campaign, post.id(), file);
    try {
      if (!Sha256.of(file).equals(post.creative())) {
        left("picture", where, "has changed since its import", PICTURE);
      }
    } catch (NoSuchFileException e) {
      left("picture", where, "is not there", PICTURE);
    } catch (IOException e) {
      left("picture", where, "cannot be read (%s)".formatted(e.getMessage()), PICTURE);
    }
  }

  private void delete(String sql, Object... arguments) {
    database.write(
        connection -> {
          Database.update(connection, sql, arguments);
          return 0;
        });
  }
}
