package dev.anvil.encode;

import java.util.Optional;

/**
 * Whether an embedding is one: numbers throughout, but for blocks that the view has no data for.
 */
final class EmbeddingCheck {
  private final Encoder encoder;

  EmbeddingCheck(Encoder encoder) {
    this.encoder = encoder;
  }

  /** What is wrong with an embedding; empty when nothing is. */
  Optional<String> problem(float[] row) {
    int from = 0;
    for (Encoder.Block block : encoder.blocks()) {
      int unknown = 0;
      int infinite = 0;
      for (int i = from; i < from + block.length(); i++) {
        unknown += Float.isNaN(row[i]) ? 1 : 0;
        infinite += Float.isInfinite(row[i]) ? 1 : 0;
      }
      boolean mayBeUnknown = from > 0 && unknown == block.length();
      if (infinite > 0 || (unknown > 0 && !mayBeUnknown)) {
        return Optional.of(
            "found that %s gives %d of %d values that are no finite numbers for it; expected an embedding. The network is damaged, or computes in half precision what does not fit into it"
                .formatted(encoder.id(), unknown + infinite, block.length()));
      }
      from += block.length();
    }
    return Optional.empty();
  }
}
