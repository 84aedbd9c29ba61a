package dev.anvil.campaign;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How much of a metric, on the logarithmic scale, a column explains by itself. */
final class ExplainedShare {
  private static final int FEWEST = 20;
  private static final int POSTS_PER_LEVEL = 3;

  private final List<Post> posts;
  private final double[] target;

  /**
   * @param metric its values below 0 are left as they are
   */
  ExplainedShare(List<Post> all, String metric) {
    this.posts = all.stream().filter(post -> post.metric(metric).isPresent()).toList();
    this.target =
        posts.stream().mapToDouble(post -> scaled(post.metric(metric).getAsDouble())).toArray();
  }

  private static double scaled(double value) {
    return value > 0 ? Math.log1p(value) : value;
  }

  /** Adjusted R2 of the means of a column's levels; 0 when levels hardly come again. */
  double byLevels(String column) {
    String[] levels =
        posts.stream().map(p -> p.metadata().getOrDefault(column, "")).toArray(String[]::new);
    int distinct = (int) Arrays.stream(levels).distinct().count();
    int n = target.length;
    if (n < FEWEST || distinct < 2 || distinct * POSTS_PER_LEVEL > n) {
      return 0;
    }
    Map<String, double[]> sums = new HashMap<>();
    for (int i = 0; i < n; i++) {
      double[] sum = sums.computeIfAbsent(levels[i], level -> new double[2]);
      sum[0] += target[i];
      sum[1]++;
    }
    double within = 0;
    for (int i = 0; i < n; i++) {
      double[] sum = sums.get(levels[i]);
      within += square(target[i] - sum[0] / sum[1]);
    }
    double total = total();
    return total > 0 ? 1 - within / (n - distinct) / (total / (n - 1)) : 0;
  }

  /** How many levels a column has. */
  int levels(String column) {
    return (int) posts.stream().map(p -> p.metadata().getOrDefault(column, "")).distinct().count();
  }

  /**
   * Squared correlation with a number of each post.
   *
   * @param number NaN where it is not known
   */
  double byNumber(Function<Post, Double> number) {
    double[] x = posts.stream().mapToDouble(post -> scaled(number.apply(post))).toArray();
    double n = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i])) {
        n++;
        meanX += (x[i] - meanX) / n;
        meanY += (target[i] - meanY) / n;
      }
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i])) {
        xx += square(x[i] - meanX);
        yy += square(target[i] - meanY);
        xy += (x[i] - meanX) * (target[i] - meanY);
      }
    }
    return n >= FEWEST && xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0;
  }

  private double total() {
    double mean = Arrays.stream(target).average().orElse(0);
    return Arrays.stream(target).map(y -> square(y - mean)).sum();
  }

  private static double square(double value) {
    return value * value;
  }
}
