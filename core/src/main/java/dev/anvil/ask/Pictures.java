package dev.anvil.ask;

import dev.anvil.predict.split.Folds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A campaign's pictures as embeddings, compared in standard deviations of each column; an unknown
 * value is where the mean is.
 */
final class Pictures {
  /** Sentences beyond this share of all at either end are taken for odd ones. */
  private static final double EDGE = .05;

  private final float[][] rows;
  private final double[] mean;
  private final double[] sd;
  private final float[][] seen;

  Pictures(float[][] rows) {
    int[] once = new int[rows.length];
    Arrays.fill(once, 1);
    this.rows = rows;
    this.mean = LearnedAlignment.mean(rows, once);
    this.sd = new double[mean.length];
    for (int k = 0; k < sd.length; k++) {
      double squares = 0;
      int count = 0;
      for (float[] row : rows) {
        if (!Float.isNaN(row[k])) {
          squares += Math.pow(row[k] - mean[k], 2);
          count++;
        }
      }
      sd[k] = count == 0 ? 0 : Math.sqrt(squares / count);
    }
    this.seen = new float[rows.length][mean.length];
    for (int i = 0; i < seen.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        float value = rows[i][k];
        seen[i][k] = Float.isNaN(value) || sd[k] == 0 ? 0 : (float) ((value - mean[k]) / sd[k]);
      }
    }
  }

  /** One embedding per post. */
  float[][] rows() {
    return rows;
  }

  /** The mean picture with these deviations. */
  float[][] moved(float[][] deviations) {
    float[][] out = new float[deviations.length][mean.length];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        out[i][k] = (float) (mean[k] + deviations[i][k]);
      }
    }
    return out;
  }

  private float[] standardised(float[] deviation) {
    float[] out = new float[deviation.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = sd[k] == 0 ? 0 : (float) (deviation[k] / sd[k]);
    }
    return out;
  }

  /** Mean squared distance between pictures and how their sentences describe them. */
  double missed(float[][] described) {
    double sum = 0;
    for (int i = 0; i < seen.length; i++) {
      float[] guess = standardised(described[i]);
      for (int k = 0; k < guess.length; k++) {
        sum += Math.pow(seen[i][k] - guess[k], 2);
      }
    }
    return sum / seen.length;
  }

  /**
   * For each post, the share of pictures with another sentence that are less like what its sentence
   * tells than its own picture is; NaN where there is none.
   */
  double[] picked(float[][] described, List<String> sentences) {
    double[] length = Arrays.stream(seen).mapToDouble(r -> Math.sqrt(dot(r, r))).toArray();
    return IntStream.range(0, seen.length)
        .parallel()
        .mapToDouble(
            i -> {
              float[] guess = standardised(described[i]);
              double own = dot(guess, seen[i]) / length[i];
              double wins = 0;
              int others = 0;
              for (int j = 0; j < seen.length; j++) {
                if (!sentences.get(j).equals(sentences.get(i))) {
                  double other = dot(guess, seen[j]) / length[j];
                  wins += own > other ? 1 : own == other ? .5 : 0;
                  others++;
                }
              }
              return others == 0 ? Double.NaN : wins / others;
            })
        .toArray();
  }

  /**
   * Least squares of how far pictures are along each fold's step on how far their sentences say,
   * through the mean.
   */
  double slope(float[][] described, float[][] steps, Folds folds) {
    double cross = 0;
    double squares = 0;
    for (int i = 0; i < seen.length; i++) {
      float[] step = standardised(steps[folds.foldOfRow()[i]]);
      double says = dot(standardised(described[i]), step);
      cross += says * dot(seen[i], step);
      squares += says * says;
    }
    return squares == 0 ? Double.NaN : cross / squares;
  }

  /** Share of each fold's step that lies between what the sentences tell at most, 0 to 1. */
  double within(float[][] described, float[][] steps, Folds folds) {
    double[] along = new double[described.length];
    for (int i = 0; i < along.length; i++) {
      float[] step = standardised(steps[folds.foldOfRow()[i]]);
      double squares = dot(step, step);
      along[i] = squares == 0 ? 0 : dot(standardised(described[i]), step) / squares;
    }
    Arrays.sort(along);
    int edge = (int) (EDGE * along.length);
    return Math.min(1, along[along.length - 1 - edge] - along[edge]);
  }

  /** Posts from those furthest along the mean step to those least. */
  List<Integer> order(float[][] steps) {
    double[] along = new double[seen.length];
    for (float[] raw : steps) {
      float[] step = standardised(raw);
      for (int i = 0; i < along.length; i++) {
        along[i] += dot(seen[i], step);
      }
    }
    return IntStream.range(0, along.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -along[i]))
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }
}
