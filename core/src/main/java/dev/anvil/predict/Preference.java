package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.Evaluation.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of several regressors scores studies: the simplest, unless another one is clearly better
 * (docs/method.md section 2).
 *
 * <p>Better means a smaller squared error on the same posts; clearly, by more than the standard
 * error of the paired difference over groups. A hair's breadth between two regressors is noise, and
 * the simplest one has more resamples to tell how sure its effects are.
 *
 * @param chosen name of the regressor
 * @param reason why, to follow the name in a sentence
 */
public record Preference(String chosen, String reason) {
  public Preference {
    requireNonNull(chosen, "chosen is null");
    requireNonNull(reason, "reason is null");
  }

  /**
   * Chooses among regressors that predicted the same posts.
   *
   * @param candidates on one split, the simplest first
   * @param groups one number per row of the split's features, whose errors may go together
   */
  public static Preference of(List<Result> candidates, int[] groups) {
    Result simplest = candidates.get(0);
    List<Result> better = new ArrayList<>();
    boolean close = false;
    for (Result other : candidates.subList(1, candidates.size())) {
      Gain gain = gain(simplest, other, groups);
      if (gain.mean > gain.standardError) {
        better.add(other);
      } else {
        close |= gain.mean > 0;
      }
    }
    Comparator<Result> byGain =
        Comparator.comparingDouble(result -> gain(simplest, result, groups).mean);
    return better.stream()
        .max(byGain)
        .map(
            best ->
                new Preference(
                    best.trainer(),
                    "clearly better than %s on unseen groups".formatted(simplest.trainer())))
        .orElse(
            new Preference(
                simplest.trainer(),
                close
                    ? "no other regressor is clearly better on unseen groups"
                    : "best on unseen groups"));
  }

  /** How much less the squared error is, by post. */
  private record Gain(double mean, double standardError) {}

  private static Gain gain(Result from, Result to, int[] groups) {
    int[] rows = from.split().test();
    Map<Integer, double[]> byGroup = new TreeMap<>();
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double gain = square(from, i) - square(to, i);
      double[] group = byGroup.computeIfAbsent(groups[rows[i]], g -> new double[2]);
      group[0] += gain;
      group[1]++;
      sum += gain;
    }
    double mean = sum / rows.length;
    double squares = 0;
    for (double[] group : byGroup.values()) {
      double beyond = group[0] - group[1] * mean;
      squares += beyond * beyond;
    }
    int count = byGroup.size();
    double correction = count > 1 ? (double) count / (count - 1) : Double.POSITIVE_INFINITY;
    return new Gain(mean, Math.sqrt(correction * squares) / rows.length);
  }

  private static double square(Result result, int i) {
    double error = result.actual()[i] - result.predicted()[i];
    return error * error;
  }
}
