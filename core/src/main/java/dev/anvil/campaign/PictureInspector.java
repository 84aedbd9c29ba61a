package dev.anvil.campaign;

import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hashes and checks picture files, two at a time. */
final class PictureInspector {
  private static final int THREADS = 2;

  /** No picture of a post is larger. */
  private static final long MOST_BYTES = 256L << 20;

  private final PictureCheck check;

  PictureInspector(PictureCheck check) {
    this.check = check;
  }

  /**
   * What was found.
   *
   * @param creative SHA-256 of the file's bytes; empty when they cannot be read
   * @param problem why the picture cannot be used
   */
  record Inspected(Optional<String> creative, Optional<String> problem) {}

  Map<Path, Inspected> inspect(Set<Path> files, RunContext context) {
    List<Path> order = List.copyOf(files);
    List<Inspected> found =
        Parallel.map("check pictures", order, THREADS, context, (file, step) -> inspect(file));
    Map<Path, Inspected> inspected = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      inspected.put(order.get(i), found.get(i));
    }
    return inspected;
  }

  private Inspected inspect(Path file) {
    if (!Files.isRegularFile(file)) { // a pipe or device may never end
      return new Inspected(
          Optional.empty(), Optional.of("found no regular file; expected a picture"));
    }
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        return new Inspected(
            Optional.empty(),
            Optional.of("found %,d bytes; expected at most %,d".formatted(size, MOST_BYTES)));
      }
      // read once: the picture that is checked is the one that is recorded
      byte[] bytes = Files.readAllBytes(file);
      return new Inspected(Optional.of(Sha256.of(bytes)), check.problem(file, bytes));
    } catch (IOException e) {
      return new Inspected(
          Optional.empty(), Optional.of("cannot be read (%s)".formatted(e.getMessage())));
    }
  }
}
