package dev.anvil.tags;

import dev.anvil.predict.matrix.Matrix;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The probability of yes: logistic regression with half the penalty times the squared weights added
 * to the negative log likelihood, and an unpenalised intercept (scikit-learn's {@code
 * LogisticRegression} with C = 1 / penalty). Solved by Newton's method; zeros cost nothing.
 */
final class LogisticRegression {
  private static final int MOST_STEPS = 100;
  private static final double PRECISE = 1e-10;

  /** Intercept last. */
  private final double[] weights;

  private LogisticRegression(double[] weights) {
    this.weights = weights;
  }

  static LogisticRegression fit(Matrix features, boolean[] yes, int[] rows, double penalty) {
    int order = features.columns() + 1;
    double[] weights = new double[order];
    // as if one more post had been seen of either kind: finite even where one is missing
    double ofYes = IntStream.of(rows).filter(i -> yes[i]).count() + .5;
    weights[order - 1] = Math.log(ofYes / (rows.length + 1 - ofYes));
    if (ofYes < 1 || ofYes > rows.length) {
      return new LogisticRegression(weights);
    }
    Newton newton = new Newton(Sparse.of(features, rows), yes, rows, penalty);
    double loss = newton.loss(weights);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = newton.direction(weights);
      double largest =
          IntStream.range(0, order).mapToDouble(k -> Math.abs(direction[k])).max().orElseThrow();
      double length = 1;
      double[] next = moved(weights, direction, length);
      double nextLoss = newton.loss(next);
      while (nextLoss > loss && length * largest > PRECISE) {
        length /= 2;
        next = moved(weights, direction, length);
        nextLoss = newton.loss(next);
      }
      weights = next;
      loss = nextLoss;
      if (length * largest <= PRECISE) {
        break;
      }
    }
    return new LogisticRegression(weights);
  }

  private static double[] moved(double[] weights, double[] direction, double length) {
    return IntStream.range(0, weights.length)
        .mapToDouble(k -> weights[k] + length * direction[k])
        .toArray();
  }

  double probability(Matrix features, int row) {
    double sum = weights[weights.length - 1];
    for (int k = 0; k < features.columns(); k++) {
      sum += weights[k] * features.get(row, k);
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /** Values that are not zero, a one for the intercept at the end. */
  private record Sparse(int[][] columns, double[][] values, int order) {
    static Sparse of(Matrix features, int[] rows) {
      int width = features.columns();
      int[][] columns = new int[rows.length][];
      double[][] values = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        int row = rows[i];
        columns[i] =
            IntStream.rangeClosed(0, width)
                .filter(k -> k == width || features.get(row, k) != 0)
                .toArray();
        values[i] =
            IntStream.of(columns[i])
                .mapToDouble(k -> k == width ? 1 : features.get(row, k))
                .toArray();
      }
      return new Sparse(columns, values, width + 1);
    }

    double dot(int row, double[] weights) {
      double sum = 0;
      for (int a = 0; a < columns[row].length; a++) {
        sum += values[row][a] * weights[columns[row][a]];
      }
      return sum;
    }
  }

  private record Newton(Sparse x, boolean[] yes, int[] rows, double penalty) {
    double loss(double[] weights) {
      double loss = 0;
      for (int k = 0; k < x.order() - 1; k++) {
        loss += penalty / 2 * weights[k] * weights[k];
      }
      for (int i = 0; i < rows.length; i++) {
        double z = x.dot(i, weights) * (yes[rows[i]] ? -1 : 1);
        loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return loss;
    }

    double[] direction(double[] weights) {
      int order = x.order();
      DMatrixRMaj hessian = new DMatrixRMaj(order, order);
      DMatrixRMaj downhill = new DMatrixRMaj(order, 1);
      for (int k = 0; k < order - 1; k++) {
        hessian.set(k, k, penalty);
        downhill.set(k, -penalty * weights[k]);
      }
      for (int i = 0; i < rows.length; i++) {
        double p = 1 / (1 + Math.exp(-x.dot(i, weights)));
        double error = (yes[rows[i]] ? 1 : 0) - p;
        int[] columns = x.columns()[i];
        double[] values = x.values()[i];
        for (int a = 0; a < columns.length; a++) {
          downhill.add(columns[a], 0, error * values[a]);
          double weight = p * (1 - p) * values[a];
          for (int b = 0; b < columns.length; b++) {
            hessian.add(columns[a], columns[b], weight * values[b]);
          }
        }
      }
      LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(order);
      if (!solver.setA(hessian)) {
        throw new IllegalStateException("the logistic regression has no single solution");
      }
      DMatrixRMaj out = new DMatrixRMaj(order, 1);
      solver.solve(downhill, out);
      return out.data;
    }
  }
}
