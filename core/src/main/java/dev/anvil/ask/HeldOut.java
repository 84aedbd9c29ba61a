package dev.anvil.ask;

import dev.anvil.RunContext;
import dev.anvil.predict.split.Folds;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Alignments tried on posts that they did not learn from. */
final class HeldOut {
  private static final int DIMENSIONS = 256;

  /** Ridge penalties that are tried, on sentences of length 1. */
  private static final double[] PENALTIES = {.3, 1, 3, 10, 30};

  private HeldOut() {}

  /**
   * Each post's picture as its sentence tells it, by an alignment that did not learn from it.
   *
   * @param encoded embedding of each post's sentence
   */
  static float[][] described(Alignment alignment, float[][] encoded, Folds folds) {
    float[][] held = new float[encoded.length][];
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] own = folds.inside(fold);
      int[] others = Vectors.once(encoded.length);
      for (int i : own) {
        others[i] = 0;
      }
      float[][] described =
          alignment.pictures(
              Arrays.stream(own).mapToObj(i -> encoded[i]).toArray(float[][]::new), others);
      for (int i = 0; i < own.length; i++) {
        held[own[i]] = described[i];
      }
    }
    return held;
  }

  /**
   * The penalty by which alignments miss least of pictures that they did not learn from.
   *
   * @param encoded embedding of each post's sentence
   * @param embeddings of the posts' pictures
   */
  static double penalty(float[][] encoded, float[][] embeddings, Folds folds, RunContext context) {
    float[][] some = some(embeddings);
    Pictures pictures = new Pictures(some);
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      context.checkCancelled();
      Alignment tried = new LearnedAlignment(encoded, some, penalty);
      double missed = pictures.missed(described(tried, encoded, folds));
      if (missed < least) {
        least = missed;
        best = penalty;
      }
    }
    return best;
  }

  /** Dimensions at equal distances, enough of them to choose a penalty by. */
  private static float[][] some(float[][] embeddings) {
    int all = embeddings[0].length;
    int[] chosen =
        IntStream.range(0, Math.min(all, DIMENSIONS))
            .map(k -> (int) ((long) k * all / Math.min(all, DIMENSIONS)))
            .toArray();
    return Arrays.stream(embeddings)
        .map(
            row -> {
              float[] out = new float[chosen.length];
              for (int k = 0; k < out.length; k++) {
                out[k] = row[chosen[k]];
              }
              return out;
            })
        .toArray(float[][]::new);
  }
}
