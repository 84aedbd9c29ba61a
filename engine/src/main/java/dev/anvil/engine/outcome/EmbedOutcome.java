package dev.anvil.engine.outcome;

import dev.anvil.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * Embeddings that were written.
 *
 * @param problems pictures that could not be encoded
 */
public record EmbedOutcome(
    long run, Path file, int columns, List<String> rows, List<Problem> problems)
    implements Outcome {
  public EmbedOutcome {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }
}
