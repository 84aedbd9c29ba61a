package dev.anvil.engine.outcome;

import java.nio.file.Path;
import java.util.List;

/** Embeddings that were written. */
public record EmbedOutcome(long run, Path file, int columns, List<String> rows) implements Outcome {
  public EmbedOutcome {
    rows = List.copyOf(rows);
  }
}
