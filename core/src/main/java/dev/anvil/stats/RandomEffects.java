package dev.anvil.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Estimates of one effect in several groups, pooled, where the effect itself may differ between
 * groups.
 *
 * <p>The variance between groups is that of Paule and Mandel (1982, Journal of Research of the
 * National Bureau of Standards 87, 377), which makes the weighted sum of squares equal to its
 * expectation. The pooled effect has the standard error of Hartung and Knapp (2001, Statistics in
 * Medicine 20, 3875), never below that of the weights, and Student's t with one degree of freedom
 * less than groups. The prediction interval allows for what is not known of the variance between
 * groups (Nagashima, Noma and Furukawa 2019, Statistical Methods in Medical Research 28, 1689).
 *
 * @param groups number of them, 2 or more
 * @param pooled mean effect of groups
 * @param standardError of the pooled effect
 * @param tau standard deviation of the effect between groups; 0 where they agree within their
 *     errors
 * @param newGroup where the effect in another group lies; empty below three groups
 * @param shrunken the effect in each group, drawn towards the pooled one by how unsure it is. Read
 *     only.
 */
public record RandomEffects(
    int groups,
    double pooled,
    double standardError,
    double tau,
    Optional<NewGroup> newGroup,
    double[] shrunken) {
  /** Below so many groups nothing is said of others. */
  private static final int LEAST = 3;

  private static final int STEPS = 200;

  /**
   * Pools.
   *
   * @param effects one per group
   * @param standardErrors of them, above 0
   */
  public static RandomEffects of(double[] effects, double[] standardErrors) {
    Checks.finite(effects, 2, "effects");
    Checks.finite(standardErrors, effects.length, "standard errors");
    if (effects.length != standardErrors.length) {
      throw new IllegalArgumentException(
          "%d effects and %d standard errors; expected as many"
              .formatted(effects.length, standardErrors.length));
    }
    for (double error : standardErrors) {
      Checks.positive(error, "standard error");
    }
    double tau2 = variance(effects, standardErrors, effects.length - 1);
    double[] weights = weights(standardErrors, tau2);
    Mean mean = Mean.of(effects, standardErrors, tau2);
    double[] shrunken =
        IntStream.range(0, effects.length)
            .mapToDouble(i -> mean.value() + tau2 * weights[i] * (effects[i] - mean.value()))
            .toArray();
    return new RandomEffects(
        effects.length,
        mean.value(),
        mean.standardError(),
        Math.sqrt(tau2),
        effects.length < LEAST
            ? Optional.empty()
            : Optional.of(NewGroup.of(effects, standardErrors)),
        shrunken);
  }

  /** The mean of groups for a variance between them, and its standard error. */
  record Mean(double value, double standardError) {
    static Mean of(double[] effects, double[] errors, double tau2) {
      double[] weights = weights(errors, tau2);
      double value = mean(effects, weights);
      double spread = squares(effects, weights, value) / (effects.length - 1);
      return new Mean(value, Math.sqrt(Math.max(1, spread) / Arrays.stream(weights).sum()));
    }
  }

  /** The variance between groups by which the weighted sum of squares is as expected; 0 or more. */
  static double variance(double[] effects, double[] errors, double expected) {
    if (excess(effects, errors, 0) <= expected) {
      return 0;
    }
    double high = 1;
    double scale = Arrays.stream(errors).map(e -> e * e).average().orElseThrow();
    while (excess(effects, errors, high * scale) > expected) {
      high *= 2;
    }
    double low = 0;
    double top = high * scale;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + top) / 2;
      if (excess(effects, errors, middle) > expected) {
        low = middle;
      } else {
        top = middle;
      }
    }
    return (low + top) / 2;
  }

  private static double excess(double[] effects, double[] errors, double tau2) {
    double[] weights = weights(errors, tau2);
    return squares(effects, weights, mean(effects, weights));
  }

  private static double[] weights(double[] errors, double tau2) {
    return Arrays.stream(errors).map(e -> 1 / (e * e + tau2)).toArray();
  }

  private static double mean(double[] effects, double[] weights) {
    double sum = 0;
    for (int i = 0; i < effects.length; i++) {
      sum += weights[i] * effects[i];
    }
    return sum / Arrays.stream(weights).sum();
  }

  private static double squares(double[] effects, double[] weights, double mean) {
    double sum = 0;
    for (int i = 0; i < effects.length; i++) {
      sum += weights[i] * (effects[i] - mean) * (effects[i] - mean);
    }
    return sum;
  }

  /** Of the pooled effect. */
  public Interval interval(double level) {
    double half = standardError * new StudentT(groups - 1).quantile((1 + level) / 2);
    return new Interval(pooled - half, pooled, pooled + half, level);
  }

  /**
   * Of the effect in a group that was not looked at.
   *
   * @throws IllegalStateException when there are fewer than three groups
   */
  public Interval prediction(double level) {
    NewGroup other =
        newGroup.orElseThrow(
            () -> new IllegalStateException("%d groups; expected 3 or more".formatted(groups)));
    return new Interval(
        Math.min(pooled, other.quantile((1 - level) / 2)),
        pooled,
        Math.max(pooled, other.quantile((1 + level) / 2)),
        level);
  }
}
