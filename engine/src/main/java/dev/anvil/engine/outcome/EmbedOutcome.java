package dev.anvil.engine.outcome;

/** Embeddings that were written. */
public record EmbedOutcome(long run, Path file, int columns, List<String> rows)
    implements Outcome {
  public EmbedOutcome {
    rows = List.copyOf(rows);
  }
}
