package dev.anvil.segment;

import dev.anvil.image.Picture;

/** Finds the labelled elements of a picture. Deterministic; safe for use from several threads. */
public interface Segmenter extends AutoCloseable {
  /** Names the method and, by hash, its weights: equal ids give equal results. */
  String id();

  /** The elements of a picture, the background last. */
  Segmentation segment(Picture picture);

  @Override
  void close();
}
