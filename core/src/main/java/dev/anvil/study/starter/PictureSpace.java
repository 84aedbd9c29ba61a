package dev.anvil.study.starter;

import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Standardisation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The few directions in which a campaign's embeddings differ most (principal components of
 * standardised columns). What is left out is mostly noise, in which all distances are alike.
 *
 * @param spread of the embeddings' columns
 * @param directions one a row
 */
record PictureSpace(Standardisation spread, DMatrixRMaj directions) {
  private static final int DIMENSIONS = 8;

  /** So many pictures show the leading directions. */
  private static final int SAMPLE = 400;

  /** The space of these embeddings, at least one. */
  static PictureSpace of(float[][] embeddings, long seed) {
    Standardisation spread = Standardisation.of(Matrix.of(embeddings));
    float[][] sample = sample(embeddings, seed);
    DMatrixRMaj rows = standardised(spread, sample);
    DMatrixRMaj gram = new DMatrixRMaj(sample.length, sample.length);
    CommonOps_DDRM.multTransB(rows, rows, gram);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(sample.length, true, true);
    if (!eigen.decompose(gram)) {
      throw new IllegalStateException("embeddings have no principal components");
    }
    int[] leading =
        IntStream.range(0, sample.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .limit(DIMENSIONS)
            .mapToInt(i -> i)
            .toArray();
    DMatrixRMaj weights = new DMatrixRMaj(leading.length, sample.length);
    for (int d = 0; d < leading.length; d++) {
      double length = Math.sqrt(Math.max(1e-9, eigen.getEigenvalue(leading[d]).getReal()));
      double[] vector = eigen.getEigenVector(leading[d]).data;
      for (int i = 0; i < sample.length; i++) {
        weights.set(d, i, vector[i] / length);
      }
    }
    DMatrixRMaj directions = new DMatrixRMaj(leading.length, rows.numCols);
    CommonOps_DDRM.mult(weights, rows, directions);
    return new PictureSpace(spread, directions);
  }

  /** Where an embedding lies, as a direction from the middle: contrast must not count. */
  double[] place(float[] embedding) {
    DMatrixRMaj row = standardised(spread, new float[][] {embedding});
    DMatrixRMaj place = new DMatrixRMaj(1, directions.numRows);
    CommonOps_DDRM.multTransB(row, directions, place);
    double length = Math.sqrt(Arrays.stream(place.data).map(v -> v * v).sum());
    return Arrays.stream(place.data).map(v -> length == 0 ? 0 : v / length).toArray();
  }

  /** A random part of many rows. */
  private static float[][] sample(float[][] rows, long seed) {
    SplittableRandom random = Seeds.random(seed, "sample of pictures");
    float[][] shuffled = rows.clone();
    for (int i = 0; i < Math.min(SAMPLE, rows.length); i++) {
      int j = random.nextInt(i, rows.length);
      float[] row = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = row;
    }
    return Arrays.copyOf(shuffled, Math.min(SAMPLE, rows.length));
  }

  private static DMatrixRMaj standardised(Standardisation spread, float[][] rows) {
    return DMatrixRMaj.wrap(rows.length, rows[0].length, spread.apply(Matrix.of(rows)));
  }
}
