package dev.anvil.stats;

import java.util.Arrays;

/** Intervals from bootstrap draws of a statistic. */
public final class Intervals {
  private Intervals() {}

  /**
   * Percentile interval with the quantiles moved out as Student's t asks for when few units were
   * resampled (Hesterberg 2015, American Statistician 69, 371). Plain percentiles are too narrow by
   * the factor sqrt((n - 1) / n) and use normal instead of t quantiles.
   *
   * @param units that were resampled, at least 2
   */
  public static Interval expandedPercentile(double[] draws, double point, double level, int units) {
    Checks.share(level, "level");
    if (units < 2) {
      throw new IllegalArgumentException("units is %d; expected 2 or more".formatted(units));
    }
    double t = new StudentT(units - 1).quantile((1 - level) / 2);
    double outside = Normal.cdf(t * Math.sqrt(units / (units - 1.0)));
    return between(draws, point, outside, 1 - outside, level);
  }

  /**
   * Interval of the mean of a statistic over repeated cross-validation, by the corrected resampled
   * t (Nadeau and Bengio 2003, Machine Learning 52, 239): refits share most of their training rows,
   * so that their spread alone would say too little.
   *
   * @param values one per refit, at least 2
   * @param testToTrain rows that a refit leaves out over those that it is fitted to
   */
  public static Interval crossValidated(double[] values, double testToTrain, double level) {
    Checks.finite(values, 2, "values");
    Checks.positive(testToTrain, "testToTrain");
    Checks.share(level, "level");
    double mean = Descriptive.mean(values);
    double error = Descriptive.sd(values) * Math.sqrt(1.0 / values.length + testToTrain);
    double reach = error * new StudentT(values.length - 1).quantile((1 + level) / 2);
    return new Interval(mean - reach, mean, mean + reach, level);
  }

  /**
   * Wilson's interval for a share.
   *
   * @param hits of the trials
   * @param trials 1 or more
   */
  public static Interval share(int hits, int trials, double level) {
    if (trials < 1 || hits < 0 || hits > trials) {
      throw new IllegalArgumentException("%d of %d is no share".formatted(hits, trials));
    }
    double z = Normal.quantile((1 + level) / 2);
    double share = (double) hits / trials;
    double shrunk = trials + z * z;
    double middle = (hits + z * z / 2) / shrunk;
    double half = z * Math.sqrt(trials * share * (1 - share) + z * z / 4) / shrunk;
    return new Interval(
        Math.max(0, Math.min(share, middle - half)),
        share,
        Math.min(1, Math.max(share, middle + half)),
        level);
  }

  private static Interval between(
      double[] draws, double point, double low, double high, double level) {
    Checks.finite(draws, 2, "draws");
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    return new Interval(
        Descriptive.quantileOfSorted(sorted, low),
        point,
        Descriptive.quantileOfSorted(sorted, high),
        level);
  }
}
