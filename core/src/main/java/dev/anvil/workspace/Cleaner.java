package dev.anvil.workspace;

import dev.anvil.store.Run;
import dev.anvil.workspace.WorkspaceCare.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes what nothing refers to. */
final class Cleaner {
  private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** Runs that are done again from scratch work in folders of this name; a killed one leaves it. */
  private static final String SCRATCH = "reproduce";

  private final Workspace workspace;
  private final Database database;
  private final List<Removal> removals = new ArrayList<>();

  Cleaner(Workspace workspace) {
    this.workspace = workspace;
    this.database = workspace.database();
  }

  List<Removal> clean(boolean dryRun) {
    Set<Long> runs = runs(dryRun);
    blobs(runs, dryRun);
    for (Path file : FileTree.files(workspace.blobs().unfinished())) {
      remove("unfinished", file, dryRun);
    }
    for (Path folder : scratch()) {
      remove("scratch", folder, dryRun);
    }
    if (!dryRun && !removals.isEmpty()) {
      database.compact();
    }
    return removals;
  }

  /** Runs that failed or were cancelled, with their artefacts and folders. */
  private Set<Long> runs(boolean dryRun) {
    Set<Long> ids = new HashSet<>();
    for (Run run : workspace.runs().list()) {
      if (run.state() == Run.State.FAILED || run.state() == Run.State.CANCELLED) {
        ids.add(run.id());
        Path folder = workspace.folder().resolve("runs").resolve(Long.toString(run.id()));
        long json =
            database
                .first(
                    "SELECT SUM(LENGTH(CAST(content AS BLOB))) FROM artefacts WHERE run = ?",
                    row -> row.getLong(1),
                    run.id())
                .orElse(0L);
        removals.add(
            new Removal(
                "run",
                "run %d (%s, %s)".formatted(run.id(), run.request().command(), run.state()),
                json + FileTree.bytes(folder)));
        if (!dryRun) {
          database.write(
              connection -> {
                Database.update(connection, "DELETE FROM runs WHERE id = ?", run.id());
                return 0;
              });
          FileTree.delete(folder);
        }
      }
    }
    return ids;
  }

  private void blobs(Set<Long> without, boolean dryRun) {
    Set<String> named = named(without);
    for (String blob : workspace.blobs().list()) {
      if (!named.contains(blob)) {
        remove("blob", workspace.blobs().path(blob), dryRun);
      }
    }
  }

  /** Every name of a blob that a run's artefact or a result holds, in whatever place. */
  private Set<String> named(Set<Long> without) {
    Set<String> named = new HashSet<>();
    record Artefact(long run, String content) {}
    for (Artefact artefact :
        database.query(
            "SELECT run, content FROM artefacts",
            row -> new Artefact(row.getLong(1), row.getString(2)))) {
      if (!without.contains(artefact.run())) {
        addNames(named, artefact.content());
      }
    }
    database
        .query(
            "SELECT CAST(value AS TEXT) FROM results WHERE LENGTH(value) = 64",
            row -> row.getString(1))
        .forEach(value -> addNames(named, value));
    return named;
  }

  private static void addNames(Set<String> named, String text) {
    Matcher matcher = HASH.matcher(text);
    while (matcher.find()) {
      named.add(matcher.group());
    }
  }

  private List<Path> scratch() {
    try (Stream<Path> folders = Files.list(workspace.folder())) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(SCRATCH))
          .filter(folder -> Files.exists(folder.resolve("anvil.db")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String kind, Path place, boolean dryRun) {
    removals.add(
        new Removal(kind, workspace.folder().relativize(place).toString(), FileTree.bytes(place)));
    if (!dryRun) {
      FileTree.delete(place);
    }
  }
}
