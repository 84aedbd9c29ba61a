package dev.anvil.inside;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.regressor.Explained;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.stats.Descriptive;
import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagDirection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.linsol.svd.SolvePseudoInverseSvd_DDRM;

/**
 * Shapley values of columns folded onto named concepts (docs/method.md section 6).
 *
 * <p>A concept is a direction in the regressor's columns: how posts at a level differ from those at
 * its reference ({@link TagDirection}). Let phi be a post's contributions by column, z its
 * deviations from the campaign's means in standard deviations, and d the directions in the same
 * unit.
 *
 * <ol>
 *   <li>Each column gets one slope, that of phi on z over the campaign's posts through the origin.
 *       For ridge it is the weight itself; for trees it is the straight part of TreeSHAP.
 *   <li>A concept's <b>step</b> is the sum over columns of slope times d: what the predictor makes
 *       of the difference between level and reference.
 *   <li>A post's z is split into the concepts' directions by least squares (of least norm where
 *       directions repeat each other). A concept's <b>contribution</b> to the post is its amount
 *       times its step; the rest, in all other directions and in what is not straight, is kept as
 *       one number, so that base, contributions and rest sum to the prediction.
 * </ol>
 *
 * <p>Limits: a direction holds whatever else goes with the level in these posts and is in no tag;
 * two concepts that point the same way share their contribution at will; what the encoder cannot
 * see of a concept cannot be found; and a step is a difference between posts, not what an edit
 * would do.
 */
public final class ConceptFold {
  private static final double LEVEL = .95;

  /** Levels against their average point ways that sum to nil but for rounding. */
  private static final double REPEATED = 1e-9;

  private final Explained regressor;
  private final double[] means;
  private final double[] inverseSds;
  private final List<Step> steps;

  /** Pseudo-inverse of the directions: z to amounts. */
  private final DMatrixRMaj amounts;

  private ConceptFold(
      Explained regressor,
      double[] means,
      double[] inverseSds,
      List<Step> steps,
      DMatrixRMaj amounts) {
    this.regressor = regressor;
    this.means = means;
    this.inverseSds = inverseSds;
    this.steps = List.copyOf(steps);
    this.amounts = amounts;
  }

  /**
   * What the predictor makes of a concept.
   *
   * @param concept level and reference
   * @param size of the whole difference, in standard deviations of the target; the 95 % interval is
   *     that of models that learned from resampled posts
   */
  public record Step(TagContrast concept, Interval size) {
    public Step {
      requireNonNull(concept, "concept is null");
      requireNonNull(size, "size is null");
    }
  }

  /**
   * A concept's part in a prediction.
   *
   * @param amount of the difference that the post has
   * @param contribution amount times the size of the step
   */
  public record Part(Step step, double amount, double contribution) {
    public Part {
      requireNonNull(step, "step is null");
    }
  }

  /**
   * A prediction in concepts: base, contributions and rest sum to it.
   *
   * @param base what is predicted on average
   */
  public record Folded(double prediction, double base, List<Part> parts, double rest) {
    public Folded {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Learns the slopes from a campaign.
   *
   * @param resampled models of resampled posts, two or more ({@code FittedModel.resampled()})
   * @param features of the campaign's posts, as the regressor takes them
   * @param directions in the same columns, at least one
   * @throws InvalidInputException if the regressor cannot be explained or there is no direction
   */
  public static ConceptFold of(
      Regressor regressor,
      List<RefitEnsemble> resampled,
      Matrix features,
      List<TagDirection> directions) {
    Explained explained = Explained.of(regressor);
    if (resampled.size() < 2) {
      throw new InvalidInputException(
          "resampled models", "found %d; expected 2 or more".formatted(resampled.size()));
    }
    if (directions.isEmpty()) {
      throw new InvalidInputException("concepts", "found none; expected tags that vary");
    }
    int columns = features.columns();
    double[] means = new double[columns];
    double[] inverseSds = new double[columns];
    for (int k = 0; k < columns; k++) {
      moments(features, k, means, inverseSds);
    }
    double[][] z = new double[features.rows()][];
    for (int i = 0; i < z.length; i++) {
      z[i] = standardised(features, i, means, inverseSds);
    }
    double[][] d = new double[directions.size()][columns];
    for (int c = 0; c < d.length; c++) {
      for (int k = 0; k < columns; k++) {
        d[c][k] = directions.get(c).difference()[k] * inverseSds[k];
      }
    }
    double[] points = steps(explained.contributions(features), z, d);
    double[][] others =
        resampled.stream()
            .map(ensemble -> steps(ensemble.contributions(features), z, d))
            .toArray(double[][]::new);
    List<Step> steps = new ArrayList<>();
    for (int c = 0; c < points.length; c++) {
      int concept = c;
      double[] drawn = Arrays.stream(others).mapToDouble(other -> other[concept]).toArray();
      double reach =
          Descriptive.sd(drawn) * new StudentT(drawn.length - 1).quantile((1 + LEVEL) / 2);
      steps.add(
          new Step(
              directions.get(c).contrast(),
              new Interval(points[c] - reach, points[c], points[c] + reach, LEVEL)));
    }
    return new ConceptFold(explained, means, inverseSds, steps, pseudoInverse(d));
  }

  /** What the predictor makes of each concept. */
  public List<Step> steps() {
    return steps;
  }

  /** By the straight part of the contributions. */
  private static double[] steps(
      Explained.Contributions contributions, double[][] z, double[][] directions) {
    double[][] phi = contributions.byColumn();
    int columns = directions[0].length;
    double[] products = new double[columns];
    double[] squares = new double[columns];
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < columns; k++) {
        products[k] += phi[i][k] * z[i][k];
        squares[k] += z[i][k] * z[i][k];
      }
    }
    double[] steps = new double[directions.length];
    for (int c = 0; c < steps.length; c++) {
      for (int k = 0; k < columns; k++) {
        steps[c] += squares[k] > 0 ? products[k] / squares[k] * directions[c][k] : 0;
      }
    }
    return steps;
  }

  private static void moments(Matrix features, int k, double[] means, double[] inverseSds) {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < features.rows(); i++) {
      if (!Float.isNaN(features.get(i, k))) {
        sum += features.get(i, k);
        known++;
      }
    }
    means[k] = known == 0 ? 0 : sum / known;
    double squares = 0;
    for (int i = 0; i < features.rows(); i++) {
      double d = Float.isNaN(features.get(i, k)) ? 0 : features.get(i, k) - means[k];
      squares += d * d;
    }
    double sd = Math.sqrt(squares / Math.max(1, known));
    // rounding makes a constant column seem to vary
    inverseSds[k] = sd > 1e-6 * Math.abs(means[k]) ? 1 / sd : 0;
  }

  private static double[] standardised(
      Matrix features, int row, double[] means, double[] inverseSds) {
    double[] z = new double[means.length];
    for (int k = 0; k < z.length; k++) {
      float value = features.get(row, k);
      z[k] = Float.isNaN(value) ? 0 : (value - means[k]) * inverseSds[k];
    }
    return z;
  }

  /** By way of the small matrix of the directions' products. */
  private static DMatrixRMaj pseudoInverse(double[][] directions) {
    DMatrixRMaj d = new DMatrixRMaj(directions);
    DMatrixRMaj products = new DMatrixRMaj(d.numRows, d.numRows);
    CommonOps_DDRM.multOuter(d, products);
    DMatrixRMaj inverse = new DMatrixRMaj(d.numRows, d.numRows);
    SolvePseudoInverseSvd_DDRM solver = new SolvePseudoInverseSvd_DDRM();
    solver.setThreshold(REPEATED);
    if (!solver.setA(products)) {
      throw new IllegalStateException("the concepts have no singular values");
    }
    solver.invert(inverse);
    DMatrixRMaj out = new DMatrixRMaj(d.numRows, d.numCols);
    CommonOps_DDRM.mult(inverse, d, out);
    return out;
  }

  /** Predictions of posts in concepts, in their order. */
  public List<Folded> fold(Matrix features) {
    Explained.Contributions contributions = regressor.contributions(features);
    List<Folded> folded = new ArrayList<>();
    for (int i = 0; i < features.rows(); i++) {
      double[] z = standardised(features, i, means, inverseSds);
      double sum = Arrays.stream(contributions.byColumn()[i]).sum();
      DMatrixRMaj amount = new DMatrixRMaj(steps.size(), 1);
      CommonOps_DDRM.mult(amounts, new DMatrixRMaj(z), amount);
      List<Part> parts = new ArrayList<>();
      double rest = sum;
      for (int c = 0; c < steps.size(); c++) {
        Step step = steps.get(c);
        parts.add(new Part(step, amount.get(c), amount.get(c) * step.size().point()));
        rest -= amount.get(c) * step.size().point();
      }
      folded.add(new Folded(contributions.base() + sum, contributions.base(), parts, rest));
    }
    return folded;
  }
}
