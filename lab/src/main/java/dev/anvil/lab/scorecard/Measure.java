package dev.anvil.lab.scorecard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a scorecard says of a method.
 *
 * @param words name of the measure
 * @param aim what a method without fault would have
 * @param value of scores of one method; NaN where there is nothing to say
 */
public record Measure(String words, double aim, ToDoubleFunction<List<Score>> value) {
  /** Below 5 % nothing matters in practice. */
  private static final double SMALLEST = .05;

  /** All measures, in the order of the table. */
  public static final List<Measure> ALL =
      List.of(
          new Measure("answered", 1, scores -> share(scores, s -> !s.placebo(), Score::answered)),
          new Measure("bias", 0, scores -> mean(scores, s -> s.estimate() - s.truth())),
          new Measure(
              "RMSE",
              0,
              scores -> Math.sqrt(mean(scores, s -> Math.pow(s.estimate() - s.truth(), 2)))),
          new Measure("slope", 1, Measure::slope),
          new Measure("coverage", .95, scores -> share(scores, Measure::counts, Score::covers)),
          new Measure(
              "right sign",
              1,
              scores ->
                  share(
                      scores,
                      s -> counts(s) && Math.abs(s.truth()) >= SMALLEST,
                      s -> Math.signum(s.estimate()) == Math.signum(s.truth()))),
          new Measure("false discoveries", 0, Measure::falseDiscovery),
          new Measure(
              "power at 10 %",
              1,
              scores ->
                  share(
                      scores,
                      s -> !s.placebo() && Math.abs(Math.abs(s.truth()) - .1) <= .025,
                      s -> s.claimed() && !s.isFalse())),
          new Measure(
              "placebos claimed", 0, scores -> share(scores, Score::placebo, Score::claimed)));

  /**
   * A value with its Monte-Carlo error.
   *
   * @param error standard error over worlds, by the jackknife; NaN with one world
   */
  public record Measured(double value, double error) {}

  /** Value over all scores of one method. */
  public Measured of(List<Score> scores) {
    return jackknife(scores, value);
  }

  /** A value over scores, with its error over their worlds. */
  static Measured jackknife(List<Score> scores, ToDoubleFunction<List<Score>> value) {
    Map<String, List<Score>> worlds = new TreeMap<>();
    scores.forEach(
        s -> worlds.computeIfAbsent(s.scenario() + s.world(), w -> new ArrayList<>()).add(s));
    List<Double> without = new ArrayList<>();
    for (String world : worlds.keySet()) {
      double left =
          value.applyAsDouble(
              worlds.entrySet().stream()
                  .filter(e -> !e.getKey().equals(world))
                  .map(Map.Entry::getValue)
                  .flatMap(Collection::stream)
                  .toList());
      if (!Double.isNaN(left)) {
        without.add(left);
      }
    }
    int n = without.size();
    double mean = without.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = without.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return new Measured(
        value.applyAsDouble(scores), n < 2 ? Double.NaN : Math.sqrt(squares * (n - 1) / n));
  }

  private static boolean counts(Score score) {
    return !score.placebo() && score.answered();
  }

  private static double mean(List<Score> scores, ToDoubleFunction<Score> of) {
    return scores.stream().filter(Measure::counts).mapToDouble(of).average().orElse(Double.NaN);
  }

  private static double share(List<Score> scores, Predicate<Score> among, Predicate<Score> wanted) {
    List<Score> all = scores.stream().filter(among).toList();
    return all.isEmpty() ? Double.NaN : (double) all.stream().filter(wanted).count() / all.size();
  }

  /** Of the least squares line through the estimates over the truths. */
  private static double slope(List<Score> scores) {
    double truth = mean(scores, Score::truth);
    double estimate = mean(scores, Score::estimate);
    double squares = mean(scores, s -> Math.pow(s.truth() - truth, 2));
    double products = mean(scores, s -> (s.truth() - truth) * (s.estimate() - estimate));
    return squares < 1e-12 ? Double.NaN : products / squares;
  }

  /** Mean over worlds of the share of claims that are false; 0 in a world without claims. */
  private static double falseDiscovery(List<Score> scores) {
    Map<String, int[]> claims = new TreeMap<>();
    for (Score s : scores) {
      if (!s.placebo()) {
        int[] counts = claims.computeIfAbsent(s.scenario() + s.world(), w -> new int[2]);
        counts[0] += s.claimed() ? 1 : 0;
        counts[1] += s.isFalse() ? 1 : 0;
      }
    }
    return claims.values().stream()
        .mapToDouble(c -> c[0] == 0 ? 0 : (double) c[1] / c[0])
        .average()
        .orElse(Double.NaN);
  }
}
