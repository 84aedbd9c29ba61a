package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Learned from a campaign's own sentences: ridge regression from the embedding of a post's sentence
 * to that of its picture. A text is thereby a weighted sum of the campaign's pictures (METHOD 5).
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
    DMatrixRMaj centred = centred(times);
    DMatrixRMaj asked = new DMatrixRMaj(texts.length, centred.numCols);
    double[] mean = mean(times);
    for (int i = 0; i < texts.length; i++) {
      for (int k = 0; k < centred.numCols; k++) {
        asked.set(i, k, texts[i][k] - mean[k]);
      }
    }
    DMatrixRMaj solved = new DMatrixRMaj(centred.numCols, texts.length);
    DMatrixRMaj right = CommonOps_DDRM.transpose(asked, null);
    solver(centred, times).solve(right, solved);
    DMatrixRMaj weights = new DMatrixRMaj(texts.length, sentences.length);
    CommonOps_DDRM.multTransAB(solved, centred, weights);
    double[] average = averagePicture(times);
    float[][] out = new float[texts.length][];
    for (int i = 0; i < out.length; i++) {
      double[] sum = new double[average.length];
      for (int j = 0; j < sentences.length; j++) {
        double weight = times[j] * weights.get(i, j);
        if (weight != 0) {
          for (int k = 0; k < sum.length; k++) {
            float value = pictures[j][k];
            sum[k] += Float.isNaN(value) ? 0 : weight * (value - average[k]);
          }
        }
      }
      out[i] = new float[sum.length];
      for (int k = 0; k < sum.length; k++) {
        out[i][k] = (float) sum[k];
      }
    }
    return out;
  }

  /** By how much ridge would shrink the difference if it were its own target. */
  @Override
  public double known(float[] difference, int[] times) {
    DMatrixRMaj centred = centred(times);
    DMatrixRMaj d = new DMatrixRMaj(difference.length, 1);
    double squares = 0;
    for (int k = 0; k < difference.length; k++) {
      d.set(k, difference[k]);
      squares += difference[k] * difference[k];
    }
    DMatrixRMaj solved = new DMatrixRMaj(difference.length, 1);
    solver(centred, times).solve(d.copy(), solved);
    return squares == 0 ? 0 : 1 - penalty * CommonOps_DDRM.dot(d, solved) / squares;
  }

  private LinearSolverDense<DMatrixRMaj> solver(DMatrixRMaj centred, int[] times) {
    int width = centred.numCols;
    DMatrixRMaj weighted = centred.copy();
    for (int i = 0; i < weighted.numRows; i++) {
      for (int k = 0; k < width; k++) {
        weighted.set(i, k, times[i] * weighted.get(i, k));
      }
    }
    DMatrixRMaj cross = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransA(weighted, centred, cross);
    for (int k = 0; k < width; k++) {
      cross.add(k, k, penalty);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(width);
    if (!solver.setA(cross)) {
      throw new IllegalStateException("sentences have no Gram matrix of full rank");
    }
    return solver;
  }

  private DMatrixRMaj centred(int[] times) {
    double[] mean = mean(times);
    DMatrixRMaj out = new DMatrixRMaj(sentences.length, mean.length);
    for (int i = 0; i < sentences.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        out.set(i, k, sentences[i][k] - mean[k]);
      }
    }
    return out;
  }

  private double[] mean(int[] times) {
    return mean(sentences, times);
  }

  private double[] averagePicture(int[] times) {
    return mean(pictures, times);
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
