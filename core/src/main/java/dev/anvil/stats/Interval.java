package dev.anvil.stats;

/**
 * A point estimate with its interval.
 *
 * @param low lower end
 * @param point the estimate
 * @param high upper end
 * @param level coverage that the interval aims at, for example .95
 */
public record Interval(double low, double point, double high, double level) {
  public Interval {
    if (Double.isNaN(low) || Double.isNaN(point) || Double.isNaN(high)) {
      throw new IllegalArgumentException("interval has NaN: %s %s %s".formatted(low, point, high));
    }
    if (low > high) {
      throw new IllegalArgumentException("low %s is above high %s".formatted(low, high));
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level %s is not between 0 and 1".formatted(level));
    }
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  public double width() {
    return high - low;
  }
}
