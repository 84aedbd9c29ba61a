package dev.anvil.study.starter;

import dev.anvil.encode.Encoder;
import java.util.Arrays;

/** Parts of embeddings. */
final class Surveys {
  private Surveys() {}

  /** The whole picture's columns, which come first. */
  static float[] whole(float[] embedding, Encoder encoder) {
    int columns =
        encoder.blocks().stream()
            .filter(b -> b.name().equals("whole") || b.name().startsWith("whole/"))
            .mapToInt(Encoder.Block::length)
            .sum();
    return Arrays.copyOf(embedding, columns);
  }
}
