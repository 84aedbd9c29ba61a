package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Split;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.RegressionIntervals;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How well trainers predict posts that they have not seen (docs/method.md section 2; the paper's
 * Table I).
 *
 * @param results trainer by trainer, in each split by split
 */
public record Evaluation(List<Result> results) {
  private static final int DRAWS = 1000;
  private static final double LEVEL = .95;

  public Evaluation {
    results = List.copyOf(results);
  }

  /**
   * One trainer on one split.
   *
   * @param trainer its name
   * @param choices what it chose from the training posts
   * @param actual target of the test rows, in the split's order
   * @param predicted out of sample, in the split's order
   * @param metrics with intervals of level .95 by bootstrap over groups; pairs within a month, or
   *     of all posts where months are unknown
   */
  public record Result(
      String trainer,
      Map<String, String> choices,
      Split split,
      double[] actual,
      double[] predicted,
      RegressionIntervals metrics) {
    public Result {
      requireNonNull(trainer, "trainer is null");
      choices = Map.copyOf(choices);
      requireNonNull(split, "split is null");
      requireNonNull(metrics, "metrics is null");
    }
  }

  /**
   * Trains and tests every trainer on every split.
   *
   * @param target of all rows for a split; a transform fitted to the split's training rows, so that
   *     nothing of the test rows is known
   * @param features one row per post
   * @param groups one number per post, resampled as a whole
   * @param times one per post
   */
  public static Evaluation of(
      List<Trainer> trainers,
      List<Split> splits,
      Function<Split, double[]> target,
      Matrix features,
      int[] groups,
      List<Optional<LocalDateTime>> times,
      long seed,
      RunContext context) {
    return of(
        trainers,
        splits,
        split -> new Known(target.apply(split), features),
        groups,
        groups,
        times,
        seed,
        context);
  }

  /**
   * What may be known where the test rows are not.
   *
   * @param target of all rows, by what the training rows tell
   * @param features of all rows, likewise
   */
  public record Known(double[] target, Matrix features) {}

  /**
   * The same with features, too, that depend on the training rows.
   *
   * @param clusters one number per post, resampled as a whole for intervals; the groups where there
   *     are fewer than five of them
   */
  public static Evaluation of(
      List<Trainer> trainers,
      List<Split> splits,
      Function<Split, Known> known,
      int[] groups,
      int[] clusters,
      List<Optional<LocalDateTime>> times,
      long seed,
      RunContext context) {
    List<Test> tests =
        trainers.stream()
            .flatMap(trainer -> splits.stream().map(split -> new Test(trainer, split)))
            .toList();
    List<Result> results =
        Parallel.map(
            "evaluate",
            tests,
            context.threads(),
            context,
            (test, step) ->
                test(test.trainer(), test.split(), known, groups, clusters, times, seed, step));
    return new Evaluation(results);
  }

  private record Test(Trainer trainer, Split split) {}

  /** The result of one trainer on one split. */
  public Result result(String trainer, String split) {
    return results.stream()
        .filter(r -> r.trainer().equals(trainer) && r.split().name().equals(split))
        .findFirst()
        .orElseThrow();
  }

  private static Result test(
      Trainer trainer,
      Split split,
      Function<Split, Known> known,
      int[] groups,
      int[] clusters,
      List<Optional<LocalDateTime>> times,
      long seed,
      RunContext context) {
    List<double[]> actuals = new ArrayList<>();
    List<double[]> predictions = new ArrayList<>();
    Map<String, String> choices = Map.of();
    List<double[]> weights = new ArrayList<>();
    for (Split part : split.trainings()) {
      Known here = known.apply(part);
      double[] learned = Training.select(here.target(), part.train());
      Refitter refitter =
          trainer.prepare(
              here.features().select(part.train()),
              learned,
              Training.select(groups, part.train()),
              context);
      try (Regressor regressor =
          refitter.on(IntStream.range(0, learned.length).toArray()).fit(learned, context)) {
        predictions.add(regressor.predict(here.features().select(part.test())));
      }
      actuals.add(Training.select(here.target(), part.test()));
      weights.add(here.features().select(part.test()).weights());
      choices = refitter.choices();
    }
    double[] actual = joined(actuals);
    double[] predicted = joined(predictions);
    int[] months =
        Arrays.stream(split.test())
            .mapToObj(row -> times.get(row).map(YearMonth::from))
            .mapToInt(month -> month.map(m -> 12 * m.getYear() + m.getMonthValue()).orElse(0))
            .toArray();
    int[] tested = Training.select(clusters, split.test());
    boolean several = Arrays.stream(tested).distinct().count() >= Clusters.LEAST;
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(
            several ? tested : Training.select(groups, split.test()),
            DRAWS,
            LEVEL,
            Seeds.derive(seed, "evaluation", split.name()));
    return new Result(
        trainer.name(),
        choices,
        split,
        actual,
        predicted,
        RegressionIntervals.weighted(
            actual, predicted, months, joined(weights), bootstrap, context));
  }

  private static double[] joined(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
