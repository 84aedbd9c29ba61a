package dev.anvil.tags;

import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import dev.anvil.tags.TagEffect.Estimate;

/** Interval and p from a standard error. */
final class Estimates {
  private Estimates() {}

  static Estimate of(double point, double standardError, double degreesOfFreedom, double level) {
    StudentT t = new StudentT(degreesOfFreedom);
    double reach = standardError * t.quantile((1 + level) / 2);
    return new Estimate(
        new Interval(point - reach, point, point + reach, level),
        standardError,
        degreesOfFreedom,
        // without any spread a difference is certain
        standardError > 0 ? t.twoSided(point / standardError) : point == 0 ? 1 : 0);
  }
}
