package dev.anvil.predict.target;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.MetricKind;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.target.TargetTransform.Options;
import dev.anvil.predict.target.TargetTransform.State;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learns a {@link TargetTransform} from training posts. */
final class TargetFitting {
  private static final int LEAST_TRAINING_POSTS = 3;

  private TargetFitting() {}

  /** As {@link TargetTransform#fit}. */
  static TargetTransform fit(
      Options options, List<Optional<LocalDateTime>> times, Measured metric, boolean[] training) {
    double[] values = metric.values();
    check(options, times, values, training);
    List<Observation> history =
        IntStream.range(0, values.length)
            .filter(i -> !Double.isNaN(values[i]))
            .mapToObj(i -> new Observation(times.get(i), values[i]))
            .toList();
    Optional<LocalDateTime> origin =
        times.stream().flatMap(Optional::stream).min(LocalDateTime::compareTo);
    TargetTransform raw =
        new TargetTransform(
            new State(options, history, smoothing(options, values), origin, 0, 0, 1, origin, 0));
    int[] rows =
        IntStream.range(0, values.length)
            .filter(i -> training[i] && !raw.leftOut(times.get(i)))
            .filter(i -> raw.apply(times.get(i), values[i]).isPresent())
            .toArray();
    if (rows.length < LEAST_TRAINING_POSTS) {
      throw new InvalidInputException(
          "metric",
          "found %d training posts with %d posts in the window before them; expected at least %d"
              .formatted(rows.length, options.minHistory(), LEAST_TRAINING_POSTS));
    }
    return fitted(raw, rows, times, metric);
  }

  private static void check(
      Options options, List<Optional<LocalDateTime>> times, double[] values, boolean[] training) {
    if (times.size() != values.length || training.length != values.length) {
      throw new IllegalArgumentException(
          "found %d times, %d values, %d training flags"
              .formatted(times.size(), values.length, training.length));
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      String expected =
          switch (options.kind()) {
            case COUNT -> values[i] < 0 ? "a count, 0 or more" : "";
            case AMOUNT -> values[i] < 0 ? "an amount, 0 or more" : "";
            case RATE -> values[i] < 0 || values[i] > 1 ? "a rate from 0 to 1" : "";
            case VALUE -> "";
          };
      if (Double.isInfinite(values[i])) {
        expected = "a finite number";
      }
      if (!expected.isEmpty()) {
        problems.add(
            new Problem(
                "metric of post " + i, "found %s; expected %s".formatted(values[i], expected)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Half the smallest distance from 0 or 1 that was measured. */
  private static double smoothing(Options options, double[] values) {
    return options.kind() != MetricKind.RATE
        ? 0
        : Arrays.stream(values)
                .filter(v -> v > 0 && v < 1)
                .map(v -> Math.min(v, 1 - v))
                .min()
                .orElse(.5)
            / 2;
  }

  private static TargetTransform fitted(
      TargetTransform raw, int[] rows, List<Optional<LocalDateTime>> times, Measured metric) {
    State state = raw.state();
    double[] values = metric.values();
    double[] years = Arrays.stream(rows).mapToDouble(i -> raw.years(times.get(i))).toArray();
    double[] levels =
        Arrays.stream(rows)
            .mapToDouble(i -> raw.normalised(raw.capped(values[i]), raw.scale(times.get(i))))
            .toArray();
    double meanYears = mean(years);
    double meanLevel = mean(levels);
    double product = 0;
    double squares = 0;
    for (int i = 0; i < rows.length; i++) {
      product += (years[i] - meanYears) * (levels[i] - meanLevel);
      squares += (years[i] - meanYears) * (years[i] - meanYears);
    }
    double slope = squares > 0 ? product / squares : 0;
    Optional<LocalDateTime> origin =
        state
            .origin()
            .map(
                start ->
                    start.plusSeconds(
                        Math.round(meanYears * TargetTransform.DAYS_PER_YEAR * 86_400)));
    Optional<LocalDateTime> end =
        Arrays.stream(rows)
            .mapToObj(times::get)
            .flatMap(Optional::stream)
            .max(LocalDateTime::compareTo);
    double least = Arrays.stream(levels).filter(level -> level > 0).min().orElse(0);
    TargetTransform detrended =
        new TargetTransform(
            new State(
                state.options(),
                state.history(),
                state.smoothing(),
                origin,
                slope,
                0,
                1,
                end,
                least));
    double[] targets =
        Arrays.stream(rows)
            .mapToDouble(i -> detrended.target(times.get(i), metric, i).orElseThrow())
            .toArray();
    double[] weights = Arrays.stream(rows).mapToDouble(metric::weight).toArray();
    double mean = mean(targets, weights);
    double sd =
        Math.sqrt(
            mean(Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).toArray(), weights));
    if (!(sd > 1e-12 * Math.abs(mean))) {
      throw new InvalidInputException(
          "metric", "found the same target in all %d training posts".formatted(rows.length));
    }
    return detrended.with(mean, sd);
  }

  private static double mean(double[] values, double[] weights) {
    double[] weighed =
        IntStream.range(0, values.length).mapToDouble(i -> weights[i] * values[i]).toArray();
    return Dense.sum(weighed, 0, weighed.length) / Dense.sum(weights, 0, weights.length);
  }

  private static double mean(double[] values) {
    return Dense.sum(values, 0, values.length) / values.length;
  }
}
