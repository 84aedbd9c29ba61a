package dev.anvil.segment;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;

/** Finds the labelled elements of a picture. Deterministic; safe for use from several threads. */
public interface Segmenter extends AutoCloseable {
  /** Names the method and, by hash, its weights: equal ids give equal results. */
  String id();

  /**
   * The elements of a picture, the background last.
   *
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Segmentation segment(Picture picture, RunContext context);

  /** As above, without a way to stop. */
  default Segmentation segment(Picture picture) {
    return segment(picture, RunContext.NONE);
  }

  @Override
  void close();
}
