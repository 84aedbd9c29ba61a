package dev.anvil.ask;

import dev.anvil.predict.split.Folds;
import java.util.Arrays;

/**
 * Of an encoder with a text tower, whose texts and pictures share a space: both are centred, since
 * they lie apart in it, and a text's direction is given the length of a typical picture
 * (docs/method.md section 5). Other blocks of the embedding stay at their mean.
 */
final class JointAlignment implements Alignment {
  private final float[] neutral;
  private final int columns;
  private final double length;

  /**
   * An alignment.
   *
   * @param neutral mean embedding of texts that say nothing in particular
   * @param pictures embeddings of the campaign; the block that texts share comes first
   */
  JointAlignment(float[] neutral, float[][] pictures) {
    this.neutral = neutral.clone();
    this.columns = pictures[0].length;
    double[] mean = new double[neutral.length];
    for (float[] row : pictures) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / pictures.length;
      }
    }
    this.length =
        Arrays.stream(pictures)
            .mapToDouble(
                row -> {
                  double squares = 0;
                  for (int k = 0; k < mean.length; k++) {
                    squares += (row[k] - mean[k]) * (row[k] - mean[k]);
                  }
                  return Math.sqrt(squares);
                })
            .average()
            .orElseThrow();
  }

  @Override
  public float[][] pictures(float[][] texts, int[] times) {
    return Arrays.stream(texts).map(this::picture).toArray(float[][]::new);
  }

  @Override
  public float[][][] pictures(float[][] texts, int[] times, Folds folds) {
    float[][][] byFold = new float[folds.count()][][];
    Arrays.fill(byFold, pictures(texts, times));
    return byFold;
  }

  private float[] picture(float[] text) {
    double squares = 0;
    for (int k = 0; k < neutral.length; k++) {
      squares += Math.pow(text[k] - neutral[k], 2);
    }
    float[] row = new float[columns];
    for (int k = 0; k < neutral.length && squares > 0; k++) {
      row[k] = (float) (length * (text[k] - neutral[k]) / Math.sqrt(squares));
    }
    return row;
  }

  @Override
  public double known(float[] difference, int[] times) {
    return 1;
  }
}
