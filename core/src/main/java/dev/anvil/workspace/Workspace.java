package dev.anvil.workspace;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Sha256;
import dev.anvil.store.ArtefactStore;
import dev.anvil.store.Ledger;
import dev.anvil.store.PostStore;
import dev.anvil.store.ResultStore;
import dev.anvil.store.RowLedger;
import dev.anvil.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder that holds what Anvil knows: posts, runs and their results, blobs and embeddings.
 *
 * <p>Safe for use from several threads, and from several processes of one machine at once. What a
 * method that returned has kept is there after the process was killed.
 */
public final class Workspace implements Stores, AutoCloseable {
  private static final String DATABASE = "anvil.db";
  private static final String LOCK = "open.lock";
  private static final String BLOBS = "blobs";
  private static final String EMBEDDINGS = "embeddings";

  /** What may be in a folder before it is a workspace: a user's settings for it, too. */
  private static final Set<String> OURS = Set.of(LOCK, BLOBS, "settings.yaml");

  private final Path folder;
  private final Database database;
  private final FileBlobStore blobs;
  private final Consumer<Problem> damage;
  private final Map<String, FileEmbeddingStore> embeddings = new HashMap<>();

  private Workspace(Path folder, Database database, FileBlobStore blobs, Consumer<Problem> damage) {
    this.folder = folder;
    this.database = database;
    this.blobs = blobs;
    this.damage = damage;
  }

  /** As {@link #open(Path, Consumer)}; damage that can be mended by itself is logged. */
  public static Workspace open(Path folder) {
    return open(
        folder,
        problem ->
            System.getLogger(Workspace.class.getName())
                .log(System.Logger.Level.WARNING, problem.toString()));
  }

  /**
   * Opens the workspace in a folder; a folder that does not exist or is empty becomes one.
   *
   * @param damage is told of each value that was found damaged and counts as absent, from any
   *     thread
   * @throws InvalidInputException when the folder has other things in it, cannot be written, or was
   *     written by a newer Anvil
   */
  public static Workspace open(Path folder, Consumer<Problem> damage) {
    requireNonNull(damage, "damage is null");
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException(folder.toString(), "is a file; expected a folder");
    }
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw notWritable(folder);
      }
      // Only one process at a time may find a folder empty and make a workspace of it.
      requireOursOrEmpty(folder);
      try (WriteLock lock = WriteLock.on(folder.resolve(LOCK))) {
        requireNonNull(lock);
        requireOursOrEmpty(folder);
        FileBlobStore blobs = FileBlobStore.open(folder.resolve(BLOBS));
        return new Workspace(folder, Database.open(folder.resolve(DATABASE)), blobs, damage);
      }
    } catch (IOException e) {
      InvalidInputException problem = notWritable(folder);
      problem.initCause(e);
      throw problem;
    }
  }

  private static InvalidInputException notWritable(Path folder) {
    return new InvalidInputException(
        folder.toString(), "cannot be written; expected a folder that this user may write");
  }

  private static void requireOursOrEmpty(Path folder) throws IOException {
    if (Files.exists(folder.resolve(DATABASE))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !OURS.contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new InvalidInputException(
            folder.toString(),
            "is not a workspace: found %s and no %s; expected a workspace, or a new or empty folder"
                .formatted(others.get(0), DATABASE));
      }
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public PostStore posts() {
    return new SqlitePostStore(database);
  }

  @Override
  public Ledger runs() {
    return new RowLedger(new SqliteRunRows(database, damage), artefacts(), Clock.systemUTC());
  }

  @Override
  public ArtefactStore artefacts() {
    return new SqliteArtefactStore(database, blobs);
  }

  @Override
  public ResultStore results() {
    return new SqliteResultStore(database, damage);
  }

  @Override
  public FileBlobStore blobs() {
    return blobs;
  }

  /**
   * The embeddings of one encoder; closed with the workspace.
   *
   * @param encoder the encoder's id
   * @param dimension floats per embedding
   * @throws InvalidInputException when embeddings of another dimension are kept under that id
   */
  @Override
  public synchronized FileEmbeddingStore embeddings(String encoder, int dimension) {
    FileEmbeddingStore file =
        embeddings.computeIfAbsent(
            encoder,
            id -> FileEmbeddingStore.open(folder.resolve(EMBEDDINGS).resolve(name(id)), dimension));
    if (file.dimension() != dimension) {
      throw new InvalidInputException(
          encoder,
          "found embeddings of %d floats; expected %d".formatted(file.dimension(), dimension));
    }
    return file;
  }

  /** A folder name that people can read and that no two encoders share. */
  private static String name(String encoder) {
    String readable = encoder.replaceAll("[^A-Za-z0-9.-]+", "-");
    return readable.substring(0, Math.min(40, readable.length()))
        + "-"
        + Sha256.of(encoder).substring(0, 12);
  }

  /**
   * Copies what is kept now into a new workspace; this one stays open. Reports and other files that
   * are made from it are left out.
   *
   * @param other a folder that does not exist or is empty
   */
  public void copyTo(Path other) throws IOException {
    Files.createDirectories(other);
    database.copyTo(other.resolve(DATABASE)); // first: all that it names is there already
    FileTree.copy(folder.resolve(BLOBS), other.resolve(BLOBS));
    FileTree.copy(folder.resolve(EMBEDDINGS), other.resolve(EMBEDDINGS));
  }

  Database database() {
    return database;
  }

  /** The folders of the embeddings, one for each encoder, sorted. */
  List<Path> embeddingFolders() {
    Path all = folder.resolve(EMBEDDINGS);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    embeddings.values().forEach(FileEmbeddingStore::close);
    embeddings.clear();
    database.close();
  }
}
