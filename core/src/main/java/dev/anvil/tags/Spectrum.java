package dev.anvil.tags;

import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A symmetric matrix as its eigenvalues and eigenvectors.
 *
 * @param values ascending
 * @param vectors columns, in the same order
 */
record Spectrum(double[] values, DMatrixRMaj vectors) {
  static Spectrum of(DMatrixRMaj symmetric) {
    int n = symmetric.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(symmetric.copy())) {
      throw new IllegalStateException("matrix of order %d has no eigenvalues".formatted(n));
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    DMatrixRMaj vectors = new DMatrixRMaj(n, n);
    for (int k = 0; k < n; k++) {
      values[k] = eigen.getEigenvalue(order[k]).getReal();
      CommonOps_DDRM.insert(eigen.getEigenVector(order[k]), vectors, 0, k);
    }
    return new Spectrum(values, vectors);
  }

  /** The matrix with every eigenvalue replaced. */
  DMatrixRMaj map(DoubleUnaryOperator replaced) {
    int n = values.length;
    DMatrixRMaj scaled = vectors.copy();
    for (int k = 0; k < n; k++) {
      double value = replaced.applyAsDouble(values[k]);
      for (int i = 0; i < n; i++) {
        scaled.set(i, k, scaled.get(i, k) * value);
      }
    }
    DMatrixRMaj out = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multTransB(scaled, vectors, out);
    return out;
  }
}
