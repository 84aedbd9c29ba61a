package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which way features point at a level: the difference of the means of posts at the level and at its
 * reference, controlling for all other tags (least squares of each feature on all tags).
 *
 * @param contrast level and reference
 * @param difference one per feature, in its own unit. Read only.
 */
public record TagDirection(TagContrast contrast, double[] difference) {
  public TagDirection {
    requireNonNull(contrast, "contrast is null");
  }

  /**
   * Directions of contrasts that can be estimated; others are left out.
   *
   * @param posts their targets are not looked at
   * @param features one row per post; unknown values count as the column's mean
   */
  public static List<TagDirection> of(
      TaggedPosts posts, Matrix features, List<TagContrast> contrasts) {
    Coding coding = Coding.of(posts, column -> true);
    LeastSquares fit = LeastSquares.of(posts, coding);
    float[] means = means(features);
    List<TagDirection> directions = new ArrayList<>();
    for (TagContrast contrast : contrasts) {
      if (posts.missing(contrast).isEmpty()) {
        Optional<double[]> influence = fit.influence(TagRegression.weights(contrast, coding));
        influence.ifPresent(
            weights ->
                directions.add(new TagDirection(contrast, weighted(weights, features, means))));
      }
    }
    return directions;
  }

  private static float[] means(Matrix features) {
    float[] means = new float[features.columns()];
    for (int k = 0; k < means.length; k++) {
      double sum = 0;
      int known = 0;
      for (int i = 0; i < features.rows(); i++) {
        if (!Float.isNaN(features.get(i, k))) {
          sum += features.get(i, k);
          known++;
        }
      }
      means[k] = known == 0 ? 0 : (float) (sum / known);
    }
    return means;
  }

  /** The weights sum to nil: taking off the means changes nothing but rounding. */
  private static double[] weighted(double[] weights, Matrix features, float[] means) {
    double[] out = new double[means.length];
    for (int i = 0; i < weights.length; i++) {
      for (int k = 0; k < out.length; k++) {
        float value = features.get(i, k);
        out[k] += Float.isNaN(value) ? 0 : weights[i] * (value - means[k]);
      }
    }
    return out;
  }
}
