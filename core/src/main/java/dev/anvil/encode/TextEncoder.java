package dev.anvil.encode;

import java.util.List;

/**
 * Turns texts into embeddings in the space of a picture encoder's block {@code whole}: a picture
 * and a text that describes it point in similar directions. Safe for use from several threads.
 *
 * <p>Pictures and texts lie in different regions of that space (docs/model-contracts.md section
 * 2.9), so that a regressor fitted to pictures is out of its range on a text.
 */
public interface TextEncoder extends AutoCloseable {
  /** Names the network and, by hash, its weights: equal ids give equal embeddings. */
  String id();

  /** Number of floats of one embedding. */
  int dimension();

  /**
   * Embeddings of length 1, one row for each text in their order. A row does not depend on the
   * other texts. A text that is longer than the network takes is cut.
   */
  float[][] encode(List<String> texts);

  @Override
  void close();
}
