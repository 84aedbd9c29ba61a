package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Standardisation;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Directions in which embeddings move when pictures change in a way that must not count. They are
 * taken out of every embedding, so that no regressor takes such a change for another (nuisance
 * attribute projection; Solomonoff, Campbell and Boardman 2005, ICASSP).
 *
 * <p>An unknown value counts as the mean, and stays unknown. Serialises with Jackson. Arrays are
 * read only.
 *
 * @param directions of length 1, {@code [direction][dimension]}, in standard deviations
 * @param means of the campaign's embeddings
 * @param sds their standard deviations; 0 for a dimension that does not vary
 */
public record Nuisance(float[][] directions, float[] means, float[] sds) {
  /** A direction that holds less of the change than this holds rounding only. */
  private static final double LEAST = 1e-6;

  public Nuisance {
    for (float[] direction : directions) {
      if (direction.length != means.length || means.length != sds.length) {
        throw new IllegalArgumentException(
            "directions, means and deviations have %d, %d and %d dimensions; expected as many"
                .formatted(direction.length, means.length, sds.length));
      }
    }
  }

  /**
   * Finds the directions that a change moves embeddings in most.
   *
   * @param embeddings of the campaign's pictures, whose spread is the measure of each dimension
   * @param before embeddings of some pictures
   * @param after embeddings of the same pictures with the change
   * @param most directions
   */
  public static Nuisance of(float[][] embeddings, float[][] before, float[][] after, int most) {
    int pictures = before.length;
    if (pictures == 0 || after.length != pictures) {
      throw new InvalidInputException(
          "changed pictures",
          "found %d; expected as many as unchanged ones, %d, and at least 1"
              .formatted(after.length, pictures));
    }
    Standardisation spread = Standardisation.of(Matrix.of(embeddings));
    int dimension = spread.means().length;
    double[] moved = spread.apply(Matrix.of(after));
    double[] from = spread.apply(Matrix.of(before));
    IntStream.range(0, moved.length).forEach(k -> moved[k] -= from[k]);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(pictures, true, true);
    double[] gram =
        Dense.gram(
            Dense.transpose(moved, pictures, dimension), dimension, pictures, RunContext.NONE);
    if (!eigen.decompose(DMatrixRMaj.wrap(pictures, pictures, gram))) {
      throw new IllegalStateException("changes of embeddings have no eigenvalues");
    }
    double[] shares = IntStream.range(0, pictures).mapToDouble(i -> share(eigen, i)).toArray();
    double all = Dense.sum(shares, 0, pictures);
    float[][] directions =
        IntStream.range(0, pictures)
            .filter(i -> all > 0 && shares[i] > LEAST * all)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -shares[i]))
            .limit(most)
            .map(i -> direction(eigen.getEigenVector(i).data, moved, dimension))
            .toArray(float[][]::new);
    float[] means = new float[dimension];
    float[] sds = new float[dimension];
    for (int k = 0; k < dimension; k++) {
      means[k] = (float) spread.means()[k];
      sds[k] = spread.inverseSds()[k] == 0 ? 0 : (float) (1 / spread.inverseSds()[k]);
    }
    return new Nuisance(directions, means, sds);
  }

  private static double share(EigenDecomposition_F64<DMatrixRMaj> eigen, int i) {
    return eigen.getEigenvalue(i).getReal();
  }

  private static float[] direction(double[] weights, double[] moved, int dimension) {
    double[] sum = new double[dimension];
    for (int i = 0; i < weights.length; i++) {
      Dense.add(weights[i], moved, i * dimension, sum);
    }
    double length = Math.sqrt(Dense.dot(sum, 0, sum));
    float[] direction = new float[dimension];
    for (int k = 0; k < dimension; k++) {
      direction[k] = (float) (sum[k] / length);
    }
    return direction;
  }

  /** An embedding without what it has of these directions. */
  public float[] without(float[] embedding) {
    float[] out = embedding.clone();
    for (float[] direction : directions) {
      double along = 0;
      for (int k = 0; k < out.length; k++) {
        if (sds[k] > 0 && !Float.isNaN(embedding[k])) {
          along += direction[k] * ((double) embedding[k] - means[k]) / sds[k];
        }
      }
      for (int k = 0; k < out.length; k++) {
        out[k] -= (float) (along * direction[k] * sds[k]);
      }
    }
    return out;
  }
}
