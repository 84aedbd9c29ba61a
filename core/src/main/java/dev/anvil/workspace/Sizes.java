package dev.anvil.workspace;

import dev.anvil.workspace.WorkspaceCare.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures a workspace. */
final class Sizes {
  private Sizes() {}

  static List<Size> of(Workspace workspace) {
    List<Size> sizes = new ArrayList<>();
    Path folder = workspace.folder();
    sizes.add(
        new Size(
            "database",
            "",
            1,
            FileTree.bytes(folder.resolve("anvil.db"))
                + FileTree.bytes(folder.resolve("anvil.db-wal"))));
    Database database = workspace.database();
    sizes.addAll(
        database.query(
            "SELECT kind, COUNT(*), SUM(LENGTH(value)) FROM results GROUP BY kind ORDER BY kind",
            row -> new Size("results", row.getString(1), row.getLong(2), row.getLong(3))));
    sizes.addAll(
        database.query(
            """
            SELECT command, COUNT(*), SUM(LENGTH(CAST(content AS BLOB)))
            FROM artefacts JOIN runs ON runs.id = artefacts.run
            GROUP BY command ORDER BY command
            """,
            row -> new Size("artefacts", row.getString(1), row.getLong(2), row.getLong(3))));
    List<String> blobs = workspace.blobs().list();
    sizes.add(
        new Size(
            "blobs",
            "",
            blobs.size(),
            blobs.stream().mapToLong(b -> FileTree.bytes(workspace.blobs().path(b))).sum()));
    for (Path encoder : workspace.embeddingFolders()) {
      sizes.add(
          new Size(
              "embeddings",
              encoder.getFileName().toString(),
              FileTree.files(encoder).size(),
              FileTree.bytes(encoder)));
    }
    List<Path> unfinished = FileTree.files(workspace.blobs().unfinished());
    sizes.add(
        new Size(
            "unfinished",
            "",
            unfinished.size(),
            unfinished.stream().mapToLong(FileTree::bytes).sum()));
    return sizes;
  }
}
