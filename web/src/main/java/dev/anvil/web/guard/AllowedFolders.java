package dev.anvil.web.guard;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where requests may read and write. Links are followed before a path is judged.
 *
 * @param own folder of the studio, which may be read and written
 * @param others folders that may be read
 */
public record AllowedFolders(Path own, List<Path> others) {
  public AllowedFolders {
    own = real(own);
    others = others.stream().map(AllowedFolders::real).toList();
  }

  /**
   * Lets a path pass that is to be read.
   *
   * @param where names it in messages
   * @throws InvalidInputException when it lies elsewhere
   */
  public Path toRead(String where, Path path) {
    Path real = real(path);
    if (Stream.concat(Stream.of(own), others.stream()).noneMatch(real::startsWith)) {
      throw new InvalidInputException(
          where,
          "found a path outside the folders that the studio may read; expected one below %s"
                  .formatted(others.isEmpty() ? "an upload" : others)
              + " (anvil studio --folder FOLDER allows another)");
    }
    return path;
  }

  /**
   * Lets a path pass that is to be written.
   *
   * @throws InvalidInputException when it lies elsewhere
   */
  public Path toWrite(String where, Path path) {
    if (!real(path).startsWith(own)) {
      throw new InvalidInputException(
          where, "found a path that the studio may not write; expected one below " + own);
    }
    return path;
  }

  /** The path with all links followed, also where its last part does not exist yet. */
  private static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path there = whole;
    while (!Files.exists(there) && there.getParent() != null) {
      if (Files.isSymbolicLink(there)) {
        throw new InvalidInputException("path", "found a link that leads nowhere");
      }
      there = there.getParent();
    }
    try {
      return there.toRealPath().resolve(there.relativize(whole)).normalize();
    } catch (IOException e) {
      throw new UncheckedIOException("reading a path", e);
    }
  }
}
