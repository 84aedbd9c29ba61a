package dev.anvil.stats;

/**
 * Student's t test of one sample against zero.
 *
 * @param mean of the sample
 * @param standardError of the mean
 * @param degreesOfFreedom n - 1
 * @param t mean over standard error
 * @param p two-sided
 */
public record TTest(
    double mean, double standardError, double degreesOfFreedom, double t, double p) {

  /** Tests at least two finite values that are not all equal. */
  public static TTest oneSample(double... values) {
    double mean = Descriptive.mean(values);
    double error = Descriptive.sd(values) / Math.sqrt(values.length);
    if (!(error > 1e-15 * Math.abs(mean))) {
      throw new IllegalArgumentException("values do not vary; a t test needs some variance");
    }
    double t = mean / error;
    int df = values.length - 1;
    return new TTest(mean, error, df, t, new StudentT(df).twoSided(t));
  }

  public Interval interval(double level) {
    Checks.share(level, "level");
    double reach = new StudentT(degreesOfFreedom).quantile((1 + level) / 2) * standardError;
    return new Interval(mean - reach, mean, mean + reach, level);
  }
}
