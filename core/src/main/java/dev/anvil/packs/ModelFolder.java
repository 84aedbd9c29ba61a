package dev.anvil.packs;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.workspace.FileTree;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that packs are pulled and added to. A pack is made in {@code .staging} and appears by
 * one rename, so that nobody sees half of it.
 */
public record ModelFolder(Path folder) {
  private static final String STAGING = ".staging";

  public ModelFolder {
    requireNonNull(folder, "folder is null");
  }

  /** What removing a pack would delete. */
  public record Removal(Path folder, long files, long bytes) {}

  Path pack(String name) {
    if (!Fields.NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "name", "found \"%s\"; expected %s".formatted(name, Fields.NAME_IN_WORDS));
    }
    return folder.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(pack(name));
  }

  /** Where a pack is made; what an interrupted pull left is still there. */
  Path staging(String name) throws IOException {
    return Files.createDirectories(folder.resolve(STAGING).resolve(pack(name).getFileName()));
  }

  /** One process at a time makes a pack of this name. */
  WriteLock lock(String name) throws IOException {
    Path staging = Files.createDirectories(folder.resolve(STAGING));
    return WriteLock.on(staging.resolve(pack(name).getFileName() + ".lock"));
  }

  /** Makes a staged pack visible. */
  void appear(String name) throws IOException {
    Files.move(staging(name), pack(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What {@link #remove} deletes: the pack, or what an interrupted pull left of it. */
  public List<Removal> removals(String name) throws IOException {
    return Stream.of(removal(pack(name)), removal(folder.resolve(STAGING).resolve(name)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Removal> removal(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return Optional.of(new Removal(path, files.size(), bytes));
    }
  }

  /**
   * Deletes a pack and what an interrupted pull left of it.
   *
   * @throws InvalidInputException when this folder has nothing of that name
   */
  public void remove(String name) throws IOException {
    if (removals(name).isEmpty()) {
      throw new InvalidInputException(
          folder.toString(), "found no pack \"%s\"; expected one that is there".formatted(name));
    }
    try (WriteLock lock = lock(name)) {
      requireNonNull(lock);
      Path staged = folder.resolve(STAGING).resolve(name);
      FileTree.delete(staged);
      if (has(name)) {
        Files.move(pack(name), staged, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(staged);
      }
    }
  }
}
