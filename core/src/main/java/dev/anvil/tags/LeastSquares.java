package dev.anvil.tags;

import dev.anvil.predict.split.Groups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Least squares of least norm with CR2 standard errors.
 *
 * <p>With M the pseudo-inverse of X'X and H = X M X', a group's residuals e_g are corrected by A_g,
 * the inverse square root of I - H_gg. A contrast c estimates c'M X'y; with w_g = A_g X_g M c its
 * variance is the sum of (w_g'e_g)^2, and its degrees of freedom are tr(P)^2 / tr(P^2) with P_gg =
 * w_g'w_g - z_g'M z_g, P_gh = -z_g'M z_h, z_g = X_g'w_g.
 */
final class LeastSquares {
  private static final double NIL = 1e-9;

  private final DMatrixRMaj x;
  private final DMatrixRMaj cross;
  private final DMatrixRMaj inverse;
  private final int rank;
  private final DMatrixRMaj coefficients;
  private final DMatrixRMaj y;
  private final int[] groups;
  private List<Cluster> clusters;

  /**
   * A group of posts.
   *
   * @param residuals e_g
   * @param correction A_g, nil in directions without residual
   * @param fitted projector on the directions without residual; empty if there are none
   */
  private record Cluster(
      DMatrixRMaj x, DMatrixRMaj residuals, DMatrixRMaj correction, Optional<DMatrixRMaj> fitted) {}

  /** What a contrast is estimated at, or why it is not. */
  record Answer(
      double point, double standardError, double degreesOfFreedom, Optional<String> refusal) {
    static Answer refused(String reason) {
      return new Answer(Double.NaN, Double.NaN, Double.NaN, Optional.of(reason));
    }
  }

  private LeastSquares(DMatrixRMaj x, DMatrixRMaj y, int[] groups) {
    this.x = x;
    this.cross = new DMatrixRMaj(x.numCols, x.numCols);
    CommonOps_DDRM.multTransA(x, x, cross);
    Spectrum spectrum = Spectrum.of(cross);
    double largest = spectrum.values()[spectrum.values().length - 1];
    this.inverse = spectrum.map(v -> v > NIL * largest ? 1 / v : 0);
    this.rank = (int) Arrays.stream(spectrum.values()).filter(v -> v > NIL * largest).count();
    this.coefficients = times(inverse, transposedTimes(x, y));
    this.y = y;
    this.groups = groups;
  }

  static LeastSquares of(double[][] x, double[] y, int[] groups) {
    return new LeastSquares(new DMatrixRMaj(x), new DMatrixRMaj(y), groups);
  }

  /** Of the target on a coding of the posts and a constant; weighted where posts are. */
  static LeastSquares of(TaggedPosts posts, Coding coding) {
    double[][] x = TagRegression.withConstant(coding.matrix());
    double[] y = posts.target().clone();
    for (int i = 0; i < posts.weights().length; i++) {
      double root = Math.sqrt(posts.weights()[i]);
      y[i] *= root;
      for (int k = 0; k < x[i].length; k++) {
        x[i][k] *= root;
      }
    }
    return of(x, y, posts.groups());
  }

  /** Why no contrast can be answered, if so. */
  Optional<String> refusal() {
    return rank < x.numRows
        ? Optional.empty()
        : Optional.of(
            "%d posts for %d coefficients; more posts than coefficients are needed"
                .formatted(x.numRows, rank));
  }

  /** Found when they are first needed: points do without. */
  private List<Cluster> clusters() {
    if (clusters == null) {
      clusters = refusal().isPresent() ? List.of() : findClusters();
    }
    return clusters;
  }

  private List<Cluster> findClusters() {
    List<Cluster> found = new ArrayList<>();
    for (int[] rows : Groups.members(groups).values()) {
      DMatrixRMaj own = new DMatrixRMaj(rows.length, x.numCols);
      DMatrixRMaj residuals = new DMatrixRMaj(rows.length, 1);
      for (int i = 0; i < rows.length; i++) {
        CommonOps_DDRM.extract(x, rows[i], rows[i] + 1, 0, x.numCols, own, i, 0);
        residuals.set(i, y.get(rows[i]));
      }
      CommonOps_DDRM.subtractEquals(residuals, times(own, coefficients));
      DMatrixRMaj annihilator = new DMatrixRMaj(rows.length, rows.length);
      CommonOps_DDRM.multTransB(times(own, inverse), own, annihilator);
      CommonOps_DDRM.changeSign(annihilator);
      for (int i = 0; i < rows.length; i++) {
        annihilator.add(i, i, 1);
      }
      Spectrum spectrum = Spectrum.of(annihilator);
      found.add(
          new Cluster(
              own,
              residuals,
              spectrum.map(v -> v > NIL ? 1 / Math.sqrt(v) : 0),
              spectrum.values()[0] > NIL
                  ? Optional.empty()
                  : Optional.of(spectrum.map(v -> v > NIL ? 0 : 1))));
    }
    return found;
  }

  /**
   * The estimate of a contrast.
   *
   * @param contrast one weight per column
   */
  Answer answer(double[] contrast) {
    DMatrixRMaj c = new DMatrixRMaj(contrast);
    DMatrixRMaj v = times(inverse, c);
    if (!isEstimable(c, v)) {
      return Answer.refused(
          "it cannot be separated from the other columns: no posts differ in it and in nothing else");
    }
    double variance = 0;
    double trace = 0;
    double squares = 0;
    DMatrixRMaj sum = new DMatrixRMaj(x.numCols, x.numCols);
    for (Cluster cluster : clusters()) {
      DMatrixRMaj influence = times(cluster.x(), v);
      if (cluster.fitted().isPresent()
          && CommonOps_DDRM.elementMaxAbs(times(cluster.fitted().get(), influence))
              > 1e-6 * CommonOps_DDRM.elementMaxAbs(v)) {
        return Answer.refused("it rests on one group of posts alone");
      }
      DMatrixRMaj w = times(cluster.correction(), influence);
      double score = CommonOps_DDRM.dot(w, cluster.residuals());
      variance += score * score;
      DMatrixRMaj z = transposedTimes(cluster.x(), w);
      DMatrixRMaj mz = times(inverse, z);
      double zmz = CommonOps_DDRM.dot(z, mz);
      double own = CommonOps_DDRM.dot(w, w) - zmz;
      trace += own;
      squares += own * own - zmz * zmz;
      CommonOps_DDRM.multAddTransB(z, mz, sum);
    }
    // the sum over all g and h of (z_g'M z_h)^2
    squares += CommonOps_DDRM.trace(times(sum, sum));
    return new Answer(
        CommonOps_DDRM.dot(c, coefficients),
        Math.sqrt(variance),
        trace * trace / squares,
        Optional.empty());
  }

  /**
   * The point of a contrast's estimate alone, in a fraction of the time; empty where it has none.
   */
  OptionalDouble point(double[] contrast) {
    DMatrixRMaj c = new DMatrixRMaj(contrast);
    return refusal().isEmpty() && isEstimable(c, times(inverse, c))
        ? OptionalDouble.of(CommonOps_DDRM.dot(c, coefficients))
        : OptionalDouble.empty();
  }

  private boolean isEstimable(DMatrixRMaj c, DMatrixRMaj v) {
    DMatrixRMaj missed = times(cross, v);
    CommonOps_DDRM.subtractEquals(missed, c);
    return CommonOps_DDRM.elementMaxAbs(missed) <= 1e-6;
  }

  /** What each row counts in a contrast; empty when it is not estimable. */
  Optional<double[]> influence(double[] contrast) {
    DMatrixRMaj c = new DMatrixRMaj(contrast);
    DMatrixRMaj v = times(inverse, c);
    return isEstimable(c, v) ? Optional.of(times(x, v).data) : Optional.empty();
  }

  private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
    CommonOps_DDRM.mult(a, b, out);
    return out;
  }

  private static DMatrixRMaj transposedTimes(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj out = new DMatrixRMaj(a.numCols, b.numCols);
    CommonOps_DDRM.multTransA(a, b, out);
    return out;
  }
}
