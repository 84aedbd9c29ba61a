package dev.anvil.predict.matrix;

import dev.anvil.RunContext;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** The few operations on dense symmetric matrices, row-major, that ridge regression needs. */
public final class Dense {
  private static final int UNROLL = 8;

  private Dense() {}

  /**
   * Sum over all rows of the outer product of a row with itself.
   *
   * <p>Eight rows at a time, so that the inner loop becomes vector instructions: three times as
   * fast as EJML's product with a transpose.
   *
   * @param values {@code rows} times {@code columns} of them
   * @return {@code columns} times {@code columns}
   */
  public static double[] gram(double[] values, int rows, int columns, RunContext context) {
    double[] out = new double[Math.multiplyExact(columns, columns)];
    double[][] block = new double[UNROLL][columns];
    for (int first = 0; first < rows; first += UNROLL) {
      context.checkCancelled();
      for (int u = 0; u < UNROLL; u++) {
        if (first + u < rows) {
          System.arraycopy(values, (first + u) * columns, block[u], 0, columns);
        } else {
          block[u] = new double[columns];
        }
      }
      for (int i = 0; i < columns; i++) {
        addProducts(out, i * columns, i, columns, block);
      }
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        out[i * columns + j] = out[j * columns + i];
      }
    }
    return out;
  }

  private static void addProducts(double[] out, int at, int i, int columns, double[][] block) {
    double[] b0 = block[0];
    double[] b1 = block[1];
    double[] b2 = block[2];
    double[] b3 = block[3];
    double[] b4 = block[4];
    double[] b5 = block[5];
    double[] b6 = block[6];
    double[] b7 = block[7];
    double a0 = b0[i];
    double a1 = b1[i];
    double a2 = b2[i];
    double a3 = b3[i];
    double a4 = b4[i];
    double a5 = b5[i];
    double a6 = b6[i];
    double a7 = b7[i];
    for (int j = i; j < columns; j++) {
      out[at + j] +=
          a0 * b0[j]
              + a1 * b1[j]
              + a2 * b2[j]
              + a3 * b3[j]
              + a4 * b4[j]
              + a5 * b5[j]
              + a6 * b6[j]
              + a7 * b7[j];
    }
  }

  public static double[] transpose(double[] values, int rows, int columns) {
    double[] out = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        out[k * rows + i] = values[i * columns + k];
      }
    }
    return out;
  }

  /** The chosen rows and columns of a symmetric matrix. */
  public static double[] principal(double[] matrix, int order, int[] chosen) {
    int n = chosen.length;
    double[] out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i * n + j] = matrix[chosen[i] * order + chosen[j]];
      }
    }
    return out;
  }

  /** Removes from a Gram matrix, in place, the means of the data that it was made of. */
  public static void centre(double[] gram, int n) {
    double[] means = IntStream.range(0, n).mapToDouble(i -> sum(gram, i * n, n) / n).toArray();
    double mean = sum(means, 0, n) / n;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i * n + j] += mean - means[i] - means[j];
      }
    }
  }

  /**
   * The same with weighted means.
   *
   * @param shares of the rows of the data, 1 together
   */
  public static void centre(double[] gram, double[] shares) {
    int n = shares.length;
    double[] means = IntStream.range(0, n).mapToDouble(i -> dot(gram, i * n, shares)).toArray();
    double mean = dot(means, 0, shares);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i * n + j] += mean - means[i] - means[j];
      }
    }
  }

  public static double sum(double[] values, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += values[i];
    }
    return sum;
  }

  public static double dot(double[] a, int from, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[from + i] * b[i];
    }
    return sum;
  }

  /** Adds {@code factor * a[from ...]} to {@code out}. */
  public static void add(double factor, double[] a, int from, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] += factor * a[from + i];
    }
  }

  /** Cholesky factor of a symmetric positive definite matrix, which is overwritten. */
  public static Factor factor(double[] matrix, int order) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(order, true);
    if (!cholesky.decompose(DMatrixRMaj.wrap(order, order, matrix))) {
      throw new IllegalArgumentException(
          "matrix of order %d is not positive definite".formatted(order));
    }
    return new Factor(cholesky.getT(null).data, order);
  }

  /**
   * A lower triangular matrix L; solves L L' x = b.
   *
   * @param lower row-major, zero above the diagonal
   */
  public record Factor(double[] lower, int order) {
    public double[] solve(double[] b) {
      double[] x = b.clone();
      TriangularSolver_DDRM.solveL(lower, x, order);
      TriangularSolver_DDRM.solveTranL(lower, x, order);
      return x;
    }
  }
}
