package dev.anvil.study.variant;

import dev.anvil.image.Picture;
import dev.anvil.study.design.Cell;
import dev.anvil.study.variant.VariantStudio.Check;

/**
 * Hears of variants as they are made. Called from several threads at once, which wait until it
 * returns.
 */
@FunctionalInterface
public interface VariantListener {
  /** Hears nothing. */
  VariantListener NONE = (cell, picture, check) -> {};

  /** A variant was made, rather than read from what is kept. */
  void made(Cell cell, Picture picture, Check check);
}
