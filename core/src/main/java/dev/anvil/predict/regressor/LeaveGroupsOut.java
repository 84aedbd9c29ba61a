package dev.anvil.predict.regressor;

import dev.anvil.predict.matrix.Dense;
import java.util.Arrays;
import java.util.Collection;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.TridiagonalSimilarDecomposition_F64;

/**
 * Exact leave-one-group-out errors of ridge regression for any number of penalties from one
 * tridiagonalisation.
 *
 * <p>With H the matrix that turns targets into fitted values (the unpenalised intercept included)
 * and e the residuals, the errors of group g when it was not trained on are (I - H_gg)^-1 e_g. With
 * A = Q T Q' the centred Gram matrix, I - H = s I + t B (T + penalty)^-1 B' - 11'/n, where for the
 * Gram matrix of rows B = Q, s = 0, t = penalty, and for that of columns B = Z Q, s = 1, t = -1.
 * Where rows have weights w, all rows are scaled by their roots, and the ones of the intercept
 * become these roots, with the sum of weights in place of n.
 */
final class LeaveGroupsOut {
  private final int rows;
  private final int order;
  private final boolean byRows;
  private final double[] basis;
  private final double[] diagonal;
  private final double[] offDiagonal;
  private final double[] target;
  private final double[] targetInBasis;
  private final double[] weights;
  private final double sumOfWeights;

  /**
   * @param gram centred, overwritten; of rows if {@code byRows}, else of columns
   * @param data centred standardised features, row-major; not used if {@code byRows}
   * @param target centred, scaled by the roots of the weights like {@code gram} and {@code data}
   * @param weights of rows
   */
  LeaveGroupsOut(
      double[] gram, int order, boolean byRows, double[] data, double[] target, double[] weights) {
    this.weights = weights;
    this.sumOfWeights = Dense.sum(weights, 0, weights.length);
    this.rows = target.length;
    this.order = order;
    this.byRows = byRows;
    this.target = target;
    TridiagonalSimilarDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.tridiagonal(order);
    if (!decomposition.decompose(DMatrixRMaj.wrap(order, order, gram))) {
      throw new IllegalArgumentException(
          "matrix of order %d has no decomposition".formatted(order));
    }
    double[] q = decomposition.getQ(null, false).data;
    this.diagonal = new double[order];
    this.offDiagonal = new double[order];
    decomposition.getDiagonal(diagonal, offDiagonal);
    this.basis = byRows ? q : times(data, q);
    this.targetInBasis = new double[order];
    for (int i = 0; i < rows; i++) {
      Dense.add(target[i], basis, i * order, targetInBasis);
    }
  }

  /** A natural unit for penalties. */
  double meanEigenvalue() {
    return Dense.sum(diagonal, 0, order) / order;
  }

  private double[] times(double[] data, double[] q) {
    double[] out = new double[rows * order];
    double[] row = new double[order];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(row, 0);
      for (int k = 0; k < order; k++) {
        Dense.add(data[i * order + k], q, k * order, row);
      }
      System.arraycopy(row, 0, out, i * order, order);
    }
    return out;
  }

  /**
   * Errors (actual minus predicted) of all rows, each group predicted from all others; scaled by
   * the roots of the weights.
   */
  double[] errors(double penalty, Collection<int[]> groups) {
    double share = byRows ? penalty : -1;
    double identity = byRows ? 0 : 1;
    Whitening whitening = new Whitening(penalty);
    double[] whiteTarget = whitening.apply(targetInBasis, 0);
    double[] errors = new double[rows];
    for (int[] group : groups) {
      int n = group.length;
      double[][] white = new double[n][];
      double[] residual = new double[n];
      double[] matrix = new double[n * n];
      for (int a = 0; a < n; a++) {
        white[a] = whitening.apply(basis, group[a] * order);
        residual[a] = identity * target[group[a]] + share * Dense.dot(whiteTarget, 0, white[a]);
        for (int b = 0; b <= a; b++) {
          double value =
              (a == b ? identity : 0)
                  + share * Dense.dot(white[a], 0, white[b])
                  - Math.sqrt(weights[group[a]] * weights[group[b]]) / sumOfWeights;
          matrix[a * n + b] = value;
          matrix[b * n + a] = value;
        }
      }
      double[] leftOut =
          n == 1 ? new double[] {residual[0] / matrix[0]} : Dense.factor(matrix, n).solve(residual);
      for (int a = 0; a < n; a++) {
        errors[group[a]] = leftOut[a];
      }
    }
    return errors;
  }

  /** The square root of (T + penalty)^-1, from T + penalty = L D L' with L bidiagonal. */
  private final class Whitening {
    private final double[] lower = new double[order];
    private final double[] scale = new double[order];

    Whitening(double penalty) {
      double pivot = diagonal[0] + penalty;
      scale[0] = 1 / Math.sqrt(pivot);
      for (int k = 1; k < order; k++) {
        lower[k] = offDiagonal[k - 1] / pivot;
        pivot = diagonal[k] + penalty - lower[k] * offDiagonal[k - 1];
        scale[k] = 1 / Math.sqrt(pivot);
      }
    }

    double[] apply(double[] vectors, int from) {
      double[] out = new double[order];
      double previous = 0;
      for (int k = 0; k < order; k++) {
        previous = vectors[from + k] - lower[k] * previous;
        out[k] = previous * scale[k];
      }
      return out;
    }
  }
}
