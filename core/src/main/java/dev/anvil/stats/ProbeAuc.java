package dev.anvil.stats;

import dev.anvil.Seeds;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Can a probe tell edited embeddings from original ones? The cross-validated area under the ROC
 * curve of a ridge-penalised linear discriminant (docs/method.md section 3.8). Near .5 the editor
 * leaves no fingerprint that a linear model can see.
 *
 * <p>Row i of both sets comes from source i, and both stay in the same fold, so the probe can not
 * know a source. Only rows of one fold are compared with one another, as each fold has a probe of
 * its own. Dimensions are standardised over all rows, which uses no label.
 *
 * <p>The interval is Newcombe's with sources as sample size; it treats the pair of a source as
 * independent, which makes it a little wide.
 */
public final class ProbeAuc {
  /** Ridge penalty, as a share of the mean squared length of an embedding. */
  private static final double PENALTY = .1;

  private ProbeAuc() {}

  /**
   * Measures the area.
   *
   * @param edited one embedding per source
   * @param original one embedding per source, in the same order
   * @param folds at least 2, at most the number of sources
   */
  public static Interval of(
      double[][] edited, double[][] original, int folds, double level, long seed) {
    check(edited, original, folds);
    int n = edited.length;
    double[][] products = products(standardised(edited, original));
    int[] fold = folds(n, folds, seed);
    double wins = 0;
    double pairs = 0;
    for (int f = 0; f < folds; f++) {
      double[] score = scores(products, fold, f);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (fold[i] == f && fold[j] == f) {
            wins += (1 + compare(score[i], score[n + j])) / 2;
            pairs++;
          }
        }
      }
    }
    return Auc.interval(wins / pairs, n, n, level);
  }

  /** Scores that differ by rounding alone are tied: equal pictures must give exactly one half. */
  private static double compare(double edited, double original) {
    double difference = edited - original;
    double rounding = 1e-9 * (Math.abs(edited) + Math.abs(original));
    return Math.abs(difference) <= rounding ? 0 : Math.signum(difference);
  }

  private static void check(double[][] edited, double[][] original, int folds) {
    Checks.sameLength(edited.length, original.length, "original");
    if (folds < 2 || folds > edited.length) {
      throw new IllegalArgumentException(
          "%d folds for %d sources; expected 2 to the number of sources"
              .formatted(folds, edited.length));
    }
    for (int i = 0; i < edited.length; i++) {
      Checks.finite(edited[i], 1, "edited");
      Checks.finite(original[i], 1, "original");
      Checks.sameLength(edited[0].length, edited[i].length, "edited row");
      Checks.sameLength(edited[0].length, original[i].length, "original row");
    }
  }

  private static int[] folds(int sources, int folds, long seed) {
    SplittableRandom random = Seeds.random(seed, "probe-folds");
    int[] fold = new int[sources];
    for (int i = 0; i < sources; i++) {
      int j = random.nextInt(i + 1);
      fold[i] = fold[j];
      fold[j] = i % folds;
    }
    return fold;
  }

  /**
   * Edited rows, then original ones; every dimension with mean 0 and variance 1, or left out as 0.
   */
  private static double[][] standardised(double[][] edited, double[][] original) {
    int n = edited.length;
    int dimensions = edited[0].length;
    double[][] rows = new double[2 * n][dimensions];
    for (int d = 0; d < dimensions; d++) {
      double[] column = new double[2 * n];
      for (int i = 0; i < n; i++) {
        column[i] = edited[i][d];
        column[n + i] = original[i][d];
      }
      double mean = Descriptive.mean(column);
      double sd = Descriptive.sd(column);
      for (int i = 0; i < 2 * n; i++) {
        rows[i][d] = sd > 1e-12 * Math.abs(mean) ? (column[i] - mean) / sd : 0;
      }
    }
    return rows;
  }

  private static double[][] products(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int d = 0; d < rows[i].length; d++) {
          sum += rows[i][d] * rows[j][d];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /**
   * Ridge regression of +1 (edited) and -1 (original) on the other folds, in its dual form; with
   * equal class sizes its direction is that of the penalised discriminant.
   */
  private static double[] scores(double[][] products, int[] fold, int held) {
    int n = fold.length;
    int[] training = IntStream.range(0, 2 * n).filter(i -> fold[i % n] != held).toArray();
    int m = training.length;
    double trace = 0;
    for (int i : training) {
      trace += products[i][i];
    }
    double penalty = trace > 0 ? PENALTY * trace / m : 1;
    DMatrixRMaj system = new DMatrixRMaj(m, m);
    DMatrixRMaj label = new DMatrixRMaj(m, 1);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        system.set(a, b, products[training[a]][training[b]] + (a == b ? penalty : 0));
      }
      label.set(a, training[a] < n ? 1 : -1);
    }
    double[] weights = solve(system, label);
    double[] scores = new double[2 * n];
    for (int i = 0; i < 2 * n; i++) {
      for (int a = 0; a < m; a++) {
        scores[i] += products[i][training[a]] * weights[a];
      }
    }
    return scores;
  }

  private static double[] solve(DMatrixRMaj system, DMatrixRMaj label) {
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(system.numRows);
    if (!cholesky.setA(system)) {
      throw new ArithmeticException("the probe's system is not positive definite");
    }
    DMatrixRMaj weights = new DMatrixRMaj(system.numRows, 1);
    cholesky.solve(label, weights);
    return weights.data;
  }
}
