package dev.anvil.tags;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * An embedding in few numbers: its leading principal scores, each with standard deviation 1.
 *
 * <p>By subspace iteration on the Gram matrix of the centred rows (Halko, Martinsson and Tropp
 * 2011, SIAM Review 53, 217), so that thousands of columns take seconds.
 */
public final class PrincipalScores {
  private static final int ROUNDS = 12;
  private static final int SPARE = 10;

  private PrincipalScores() {}

  /**
   * Scores of all rows.
   *
   * @param rows one embedding per post; unknown values count as the column's mean
   * @param count of scores, fewer than rows
   */
  public static Matrix of(Matrix rows, int count) {
    int n = rows.rows();
    if (count < 1 || count >= n) {
      throw new InvalidInputException(
          "principal scores", "found %d of %d rows; expected 1 to %d".formatted(count, n, n - 1));
    }
    DMatrixRMaj centred = centred(rows);
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multOuter(centred, gram);
    int width = Math.min(n, count + SPARE);
    DMatrixRMaj basis = random(n, width);
    for (int round = 0; round < ROUNDS; round++) {
      basis = orthonormal(times(gram, basis));
    }
    DMatrixRMaj small = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransA(basis, times(gram, basis), small);
    DMatrixRMaj vectors = times(basis, Spectrum.of(small).vectors());
    float[] values = new float[n * count];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < n; i++) {
        // eigenvalues ascend
        values[i * count + k] = (float) (vectors.get(i, width - 1 - k) * Math.sqrt(n));
      }
    }
    return new Matrix(n, count, values);
  }

  private static DMatrixRMaj centred(Matrix rows) {
    DMatrixRMaj out = new DMatrixRMaj(rows.rows(), rows.columns());
    for (int k = 0; k < rows.columns(); k++) {
      double sum = 0;
      int known = 0;
      for (int i = 0; i < rows.rows(); i++) {
        if (!Float.isNaN(rows.get(i, k))) {
          sum += rows.get(i, k);
          known++;
        }
      }
      for (int i = 0; i < rows.rows(); i++) {
        float value = rows.get(i, k);
        out.set(i, k, Float.isNaN(value) ? 0 : value - sum / known);
      }
    }
    return out;
  }

  private static DMatrixRMaj random(int rows, int columns) {
    SplittableRandom random = Seeds.random(0, "principal-scores");
    DMatrixRMaj out = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < out.data.length; i++) {
      out.data[i] = random.nextGaussian();
    }
    return out;
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj columns) {
    QRDecomposition<DMatrixRMaj> qr =
        DecompositionFactory_DDRM.qr(columns.numRows, columns.numCols);
    if (!qr.decompose(columns)) {
      throw new IllegalStateException("the subspace has no basis");
    }
    return qr.getQ(null, true);
  }

  private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
    CommonOps_DDRM.mult(a, b, out);
    return out;
  }
}
