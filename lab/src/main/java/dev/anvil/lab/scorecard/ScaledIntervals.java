package dev.anvil.lab.scorecard;

import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.stats.Normal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores with claims at an equal rate of error. A method whose intervals are too narrow claims more
 * than it may, so its power says little (size-adjusted power, Davidson and MacKinnon 1998). Here
 * each method's intervals are scaled by one factor such that 95 % of them hold the truth, and
 * claims are made by these, after Benjamini-Hochberg within each world.
 */
public final class ScaledIntervals {
  private static final double LEVEL = .95;

  private ScaledIntervals() {}

  /** The contrasts that were answered, with scaled intervals and claims by them; no placebos. */
  public static List<Score> of(List<Score> scores) {
    Map<String, List<Score>> methods = new LinkedHashMap<>();
    for (Score score : scores) {
      if (!score.placebo()) {
        methods.computeIfAbsent(score.method(), m -> new ArrayList<>()).add(score);
      }
    }
    List<Score> scaled = new ArrayList<>();
    methods.values().forEach(own -> scaled.addAll(scaled(own)));
    return scaled;
  }

  private static List<Score> scaled(List<Score> scores) {
    double factor = factor(scores);
    Map<String, List<Score>> worlds = new LinkedHashMap<>();
    scores.forEach(
        s -> worlds.computeIfAbsent(s.scenario() + s.world(), w -> new ArrayList<>()).add(s));
    List<Score> scaled = new ArrayList<>();
    for (List<Score> world : worlds.values()) {
      double[] p = world.stream().mapToDouble(s -> p(s, factor)).toArray();
      double[] adjusted = BenjaminiHochberg.adjust(p);
      for (int i = 0; i < adjusted.length; i++) {
        scaled.add(world.get(i).scaled(factor, adjusted[i] <= 1 - LEVEL));
      }
    }
    return scaled;
  }

  /** By which intervals are to be multiplied, so that 95 % of them hold the truth; 1 if none. */
  static double factor(List<Score> scores) {
    double[] ratios =
        scores.stream()
            .filter(Score::answered)
            .mapToDouble(Score::errorInWidths)
            .sorted()
            .toArray();
    if (ratios.length == 0) {
      return 1;
    }
    return ratios[Math.min(ratios.length, (int) Math.ceil(LEVEL * (ratios.length + 1))) - 1];
  }

  private static double p(Score score, double factor) {
    if (!score.answered()) {
      return 1;
    }
    double half =
        score.estimate() > 0 ? score.estimate() - score.low() : score.high() - score.estimate();
    double z = Math.abs(score.estimate()) / (factor * half / Normal.quantile(1 - (1 - LEVEL) / 2));
    return 2 * Normal.cdf(-z);
  }
}
