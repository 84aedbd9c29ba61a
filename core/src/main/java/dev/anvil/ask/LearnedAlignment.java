package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.split.Folds;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Learned from a campaign's own sentences: ridge regression from the embedding of a post's sentence
 * to that of its picture. A text is thereby a weighted sum of the campaign's pictures
 * (docs/method.md section 5).
 */
final class LearnedAlignment implements Alignment {
  private final float[][] sentences;
  private final float[][] pictures;
  private final double penalty;

  /**
   * An alignment.
   *
   * @param sentences one embedding per post
   * @param pictures one embedding per post; unknown values count as the mean
   * @param penalty of ridge, above 0; sentences have length 1
   */
  LearnedAlignment(float[][] sentences, float[][] pictures, double penalty) {
    this.sentences = requireNonNull(sentences, "sentences is null");
    this.pictures = requireNonNull(pictures, "pictures is null");
    this.penalty = penalty;
  }

  @Override
  public float[][] pictures(float[][] texts, int[] times) {
    return pictures(texts, times, moments(times));
  }

  @Override
  public float[][][] pictures(float[][] texts, int[] times, Folds folds) {
    Moments all = moments(times);
    float[][][] byFold = new float[folds.count()][][];
    for (int fold = 0; fold < byFold.length; fold++) {
      int[] inside = new int[times.length];
      int[] outside = times.clone();
      for (int i : folds.inside(fold)) {
        inside[i] = times[i];
        outside[i] = 0;
      }
      byFold[fold] = pictures(texts, outside, all.minus(moments(inside)));
    }
    return byFold;
  }

  private float[][] pictures(float[][] texts, int[] times, Moments moments) {
    int width = moments.sum().length;
    double[] mean = moments.mean();
    DMatrixRMaj asked = new DMatrixRMaj(width, texts.length);
    for (int i = 0; i < texts.length; i++) {
      for (int k = 0; k < width; k++) {
        asked.set(k, i, texts[i][k] - mean[k]);
      }
    }
    DMatrixRMaj solved = new DMatrixRMaj(width, texts.length);
    solver(moments).solve(asked, solved);
    double[] average = mean(pictures, times);
    double[][] sums = new double[texts.length][average.length];
    double[] sentence = new double[width];
    double[] picture = new double[average.length];
    for (int j = 0; j < sentences.length; j++) {
      if (times[j] > 0) {
        for (int k = 0; k < width; k++) {
          sentence[k] = times[j] * (sentences[j][k] - mean[k]);
        }
        for (int k = 0; k < picture.length; k++) {
          float value = pictures[j][k];
          picture[k] = Float.isNaN(value) ? 0 : value - average[k];
        }
        for (int i = 0; i < texts.length; i++) {
          add(along(sentence, solved, i), picture, sums[i]);
        }
      }
    }
    float[][] out = new float[texts.length][average.length];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < average.length; k++) {
        out[i][k] = (float) sums[i][k];
      }
    }
    return out;
  }

  private static double along(double[] row, DMatrixRMaj matrix, int column) {
    double sum = 0;
    for (int k = 0; k < row.length; k++) {
      sum += row[k] * matrix.data[k * matrix.numCols + column];
    }
    return sum;
  }

  private static void add(double weight, double[] row, double[] into) {
    for (int k = 0; k < into.length; k++) {
      into[k] += weight * row[k];
    }
  }

  /** By how much ridge would shrink the difference if it were its own target. */
  @Override
  public double known(float[] difference, int[] times) {
    DMatrixRMaj d = new DMatrixRMaj(difference.length, 1);
    double squares = 0;
    for (int k = 0; k < difference.length; k++) {
      d.set(k, difference[k]);
      squares += difference[k] * difference[k];
    }
    DMatrixRMaj solved = new DMatrixRMaj(difference.length, 1);
    solver(moments(times)).solve(d.copy(), solved);
    return squares == 0 ? 0 : 1 - penalty * CommonOps_DDRM.dot(d, solved) / squares;
  }

  /**
   * Of sentences, which add up: those of a part are those of all less those of the rest.
   *
   * @param products sum of the products of a sentence's values
   */
  private record Moments(double count, double[] sum, DMatrixRMaj products) {
    Moments minus(Moments other) {
      double[] rest = sum.clone();
      add(-1, other.sum, rest);
      DMatrixRMaj left = new DMatrixRMaj(products.numRows, products.numCols);
      CommonOps_DDRM.subtract(products, other.products, left);
      return new Moments(count - other.count, rest, left);
    }

    double[] mean() {
      double[] mean = sum.clone();
      for (int k = 0; k < mean.length; k++) {
        mean[k] /= Math.max(1, count);
      }
      return mean;
    }
  }

  private Moments moments(int[] times) {
    int[] rows = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
    int width = sentences[0].length;
    DMatrixRMaj weighted = new DMatrixRMaj(rows.length, width);
    DMatrixRMaj plain = new DMatrixRMaj(rows.length, width);
    double[] sum = new double[width];
    double count = 0;
    for (int i = 0; i < rows.length; i++) {
      count += times[rows[i]];
      for (int k = 0; k < width; k++) {
        double value = sentences[rows[i]][k];
        plain.set(i, k, value);
        weighted.set(i, k, times[rows[i]] * value);
        sum[k] += times[rows[i]] * value;
      }
    }
    DMatrixRMaj products = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransA(weighted, plain, products);
    return new Moments(count, sum, products);
  }

  private LinearSolverDense<DMatrixRMaj> solver(Moments moments) {
    int width = moments.sum().length;
    double[] mean = moments.mean();
    DMatrixRMaj cross = moments.products().copy();
    for (int k = 0; k < width; k++) {
      for (int l = 0; l < width; l++) {
        cross.add(k, l, -moments.count() * mean[k] * mean[l]);
      }
      cross.add(k, k, penalty);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(width);
    if (!solver.setA(cross)) {
      throw new IllegalStateException("sentences have no Gram matrix of full rank");
    }
    return solver;
  }

  static double[] mean(float[][] rows, int[] times) {
    double[] sum = new double[rows[0].length];
    long[] count = new long[sum.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < sum.length; k++) {
        if (times[i] > 0 && !Float.isNaN(rows[i][k])) {
          sum[k] += times[i] * (double) rows[i][k];
          count[k] += times[i];
        }
      }
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] = count[k] == 0 ? 0 : sum[k] / count[k];
    }
    return sum;
  }
}
