package dev.anvil.ask;

import dev.anvil.predict.split.Folds;

/**
 * From embeddings of texts to embeddings of pictures that they describe. Safe for use from several
 * threads.
 */
interface Alignment {
  /**
   * What pictures that these texts describe have beyond the mean picture, one row per text, in the
   * units of the pictures' embeddings.
   *
   * @param texts one embedding per row
   * @param times how often each post of the campaign counts; those with 0 must not be learned from
   */
  float[][] pictures(float[][] texts, int[] times);

  /**
   * The same by alignments each of which leaves one fold of the posts out.
   *
   * @return {@code [fold][text]}
   */
  float[][][] pictures(float[][] texts, int[] times, Folds folds);

  /**
   * Share of the difference of two texts that the alignment has learned something about, 0 to 1.
   */
  double known(float[] difference, int[] times);
}
