package dev.anvil.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A mixture of normal distributions, one per class, learned by expectation maximisation from points
 * of which the class of some is known beforehand, perhaps wrongly (Nigam, McCallum, Thrun and
 * Mitchell 2000, Machine Learning 39).
 */
public final class GaussianMixture {
  private static final int STEPS = 50;

  /**
   * How far each covariance is drawn towards that of all classes (Friedman 1989, regularised
   * discriminant analysis): a class has few points.
   */
  private static final double POOLED = .7;

  /** Added to the diagonal, in mean variances, so that no covariance is singular. */
  private static final double FLOOR = 1e-4;

  private final int classes;
  private final double[][] points;
  private final double[][] chances;

  private GaussianMixture(double[][] points, int[] start, int classes) {
    this.classes = classes;
    this.points = points;
    this.chances = new double[points.length][classes];
    for (int i = 0; i < points.length; i++) {
      if (start[i] >= 0) {
        chances[i][start[i]] = 1;
      }
    }
  }

  /**
   * How likely each point is of each class.
   *
   * @param points of equal length; read only
   * @param start class of each point, -1 where it is not known; of each class at least one
   * @return {@code [point][class]}, each row sums to 1
   */
  public static double[][] posteriors(double[][] points, int[] start, int classes) {
    for (int k = 0; k < classes; k++) {
      int wanted = k;
      if (Arrays.stream(start).noneMatch(known -> known == wanted)) {
        throw new IllegalArgumentException("no point is of class " + k + "; expected one or more");
      }
    }
    GaussianMixture mixture = new GaussianMixture(points, start, classes);
    for (int step = 0; step < STEPS; step++) {
      mixture.step();
    }
    return mixture.chances;
  }

  private void step() {
    int dimensions = points[0].length;
    double[] sizes = new double[classes];
    double[][] means = new double[classes][dimensions];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < classes; k++) {
        sizes[k] += chances[i][k];
        for (int d = 0; d < dimensions; d++) {
          means[k][d] += chances[i][k] * points[i][d];
        }
      }
    }
    for (int k = 0; k < classes; k++) {
      for (int d = 0; d < dimensions; d++) {
        means[k][d] /= sizes[k];
      }
    }
    expect(sizes, means, covariances(sizes, means));
  }

  private DMatrixRMaj[] covariances(double[] sizes, double[][] means) {
    int dimensions = points[0].length;
    double all = Arrays.stream(sizes).sum();
    DMatrixRMaj pooled = new DMatrixRMaj(dimensions, dimensions);
    DMatrixRMaj[] own = new DMatrixRMaj[classes];
    for (int k = 0; k < classes; k++) {
      own[k] = new DMatrixRMaj(dimensions, dimensions);
      for (int i = 0; i < points.length; i++) {
        double share = chances[i][k] / sizes[k];
        for (int a = 0; a < dimensions && share > 0; a++) {
          double scaled = share * (points[i][a] - means[k][a]);
          for (int b = 0; b < dimensions; b++) {
            own[k].add(a, b, scaled * (points[i][b] - means[k][b]));
          }
        }
      }
      CommonOps_DDRM.addEquals(pooled, sizes[k] / all, own[k]);
    }
    for (DMatrixRMaj covariance : own) {
      CommonOps_DDRM.scale(1 - POOLED, covariance);
      CommonOps_DDRM.addEquals(covariance, POOLED, pooled);
      double floor = FLOOR * CommonOps_DDRM.trace(covariance) / dimensions;
      for (int d = 0; d < dimensions; d++) {
        covariance.add(d, d, floor);
      }
    }
    return own;
  }

  private void expect(double[] sizes, double[][] means, DMatrixRMaj[] covariances) {
    int dimensions = points[0].length;
    double[][] logs = new double[points.length][classes];
    for (int k = 0; k < classes; k++) {
      double constant = Math.log(sizes[k]) - Math.log(CommonOps_DDRM.det(covariances[k])) / 2;
      DMatrixRMaj precision = new DMatrixRMaj(dimensions, dimensions);
      CommonOps_DDRM.invert(covariances[k], precision);
      for (int i = 0; i < points.length; i++) {
        double distance = 0;
        for (int a = 0; a < dimensions; a++) {
          for (int b = 0; b < dimensions; b++) {
            distance +=
                precision.get(a, b) * (points[i][a] - means[k][a]) * (points[i][b] - means[k][b]);
          }
        }
        logs[i][k] = constant - distance / 2;
      }
    }
    for (int i = 0; i < points.length; i++) {
      double largest = Arrays.stream(logs[i]).max().orElseThrow();
      double[] likely = Arrays.stream(logs[i]).map(log -> Math.exp(log - largest)).toArray();
      double sum = Arrays.stream(likely).sum();
      int point = i;
      IntStream.range(0, classes).forEach(k -> chances[point][k] = likely[k] / sum);
    }
  }
}
