package dev.anvil.lab.scorecard;

import dev.anvil.lab.scorecard.Measure.Measured;
import dev.anvil.tags.TagRegression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many of the true effects of a size each method claims, with the right sign, and which share
 * that is of those that an oracle claims: least squares on the true labels of all posts.
 *
 * @param method name
 * @param size of the effects, in words
 * @param contrasts of that size, over all worlds
 * @param claimed share of them that the method claims
 * @param reached share of the oracle's power; NaN where the oracle was not asked or claims none
 */
public record PowerBySize(
    String method, String size, int contrasts, Measured claimed, Measured reached) {
  /** The method that is the oracle. */
  public static final String ORACLE = TagRegression.standard().name();

  private record Size(String words, double from, double to) {
    boolean has(Score score) {
      double truth = Math.abs(score.truth());
      return !score.placebo() && truth >= from && truth < to;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size("5 %", .025, .075),
          new Size("10 %", .075, .125),
          new Size("15 %", .125, .175),
          new Size("20 % and more", .175, Double.POSITIVE_INFINITY));

  /** The sizes, in words. */
  public static List<String> sizes() {
    return SIZES.stream().map(Size::words).toList();
  }

  /** Of all methods, the oracle first, and all sizes. */
  public static List<PowerBySize> of(List<Score> scores) {
    Set<String> methods = new LinkedHashSet<>();
    methods.add(ORACLE);
    scores.forEach(score -> methods.add(score.method()));
    List<PowerBySize> powers = new ArrayList<>();
    for (String method : methods) {
      for (Size size : SIZES) {
        List<Score> both =
            scores.stream()
                .filter(size::has)
                .filter(s -> s.method().equals(method) || s.method().equals(ORACLE))
                .toList();
        List<Score> own = of(method, both);
        powers.add(
            new PowerBySize(
                method,
                size.words(),
                own.size(),
                Measure.jackknife(own, PowerBySize::claimed),
                Measure.jackknife(both, s -> reached(of(method, s), of(ORACLE, s)))));
      }
    }
    return powers;
  }

  private static List<Score> of(String method, List<Score> scores) {
    return scores.stream().filter(s -> s.method().equals(method)).toList();
  }

  private static double claimed(List<Score> scores) {
    return scores.isEmpty()
        ? Double.NaN
        : (double) scores.stream().filter(s -> s.claimed() && !s.isFalse()).count() / scores.size();
  }

  /** Among the contrasts that both were asked. */
  private static double reached(List<Score> own, List<Score> oracle) {
    Set<List<Object>> asked =
        oracle.stream().map(PowerBySize::contrast).collect(Collectors.toSet());
    List<Score> shared = own.stream().filter(s -> asked.contains(contrast(s))).toList();
    double most = claimed(oracle);
    return most > 0 ? claimed(shared) / most : Double.NaN;
  }

  private static List<Object> contrast(Score score) {
    return List.of(score.scenario(), score.world(), score.factor(), score.level());
  }
}
