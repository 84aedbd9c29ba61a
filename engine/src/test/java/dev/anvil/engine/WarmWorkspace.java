package dev.anvil.engine;

import dev.anvil.RunContext;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.workspace.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Workspaces that are made once per JVM and copied per test, since looking at pictures and fitting
 * take most of a small test's time.
 */
final class WarmWorkspace {
  /** The campaign "Spring" of 60 posts, imported and fitted. */
  private static final Path FITTED = make();

  /** Elements and embeddings of its pictures and nothing else: no campaign, no run, no model. */
  private static final Path PICTURES = forgetful(FITTED);

  private WarmWorkspace() {}

  /**
   * Makes a folder that does not exist yet a workspace that knows the pictures and nothing else.
   */
  static void copyPicturesTo(Path workspace) throws IOException {
    copy(PICTURES, workspace);
  }

  /** Makes a folder that does not exist yet a workspace with a fitted campaign. */
  static void copyFittedTo(Path workspace) throws IOException {
    copy(FITTED, workspace);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory("anvil-warm");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> FileTree.delete(folder)));
      EngineFixture fixture = new EngineFixture(folder);
      try (Anvil anvil = fixture.open()) {
        anvil.run(ImportRequest.of(fixture.posts("spring", 60, 4), "Spring"), RunContext.NONE);
        anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);
      }
      return fixture.workspace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path forgetful(Path fitted) {
    Path pictures = fitted.resolveSibling("pictures");
    try {
      copy(fitted, pictures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + pictures.resolve("anvil.db"));
        Statement statement = connection.createStatement()) {
      for (String table : List.of("artefacts", "runs", "posts", "campaigns")) {
        statement.executeUpdate("DELETE FROM " + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return pictures;
  }
}
