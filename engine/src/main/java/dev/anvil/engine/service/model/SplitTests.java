package dev.anvil.engine.service.model;

import dev.anvil.RunContext;
import dev.anvil.predict.AccountMeans;
import dev.anvil.predict.Conformal;
import dev.anvil.predict.Evaluation;
import dev.anvil.predict.MetricValues;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Split;
import dev.anvil.predict.split.Splits;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.predict.target.TargetTransform;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tests of trainers on posts that they have not seen: targets, features and levels of accounts are
 * as those know them who know a split's training posts.
 */
final class SplitTests {
  private static final double COVERAGE = .9;

  private final ModelFitter.Data data;
  private final MetricValues values;
  private final Optional<List<String>> accounts;
  private final long seed;

  SplitTests(ModelFitter.Data data, MetricValues values, long seed) {
    this.data = data;
    this.values = values;
    this.accounts = values.accounts();
    this.seed = seed;
  }

  /** Trains and tests trainers on every split. */
  Evaluation evaluate(List<Trainer> trainers, Fit fit, Matrix unweighted, RunContext context) {
    Matrix features = weighted(unweighted);
    int[] rows = fit.fitRows();
    List<Optional<LocalDateTime>> times = times(rows);
    int[] groups = Training.select(fit.groups(), rows);
    List<Split> splits = new ArrayList<>(Splits.all(times, groups, seed));
    accounts.ifPresent(
        names ->
            splits.add(Splits.newGroups(IntStream.of(rows).mapToObj(names::get).toList(), seed)));
    return Evaluation.of(
        trainers,
        splits,
        split ->
            new Evaluation.Known(
                target(fit, rows, split), features(features, rows, split).select(rows)),
        groups,
        clusters(fit),
        times,
        seed,
        context);
  }

  /** What errors may go together in: accounts, where there are enough of them. */
  int[] clusters(Fit fit) {
    int[] rows = fit.fitRows();
    Clusters clusters =
        accounts
            .map(names -> Clusters.of(fit.groups(), names, rows))
            .orElseGet(() -> Clusters.of(fit.groups()));
    return Training.select(clusters.of(), rows);
  }

  /** Features as those know them who know the training rows: less the means of their accounts. */
  private Matrix features(Matrix features, int[] rows, Split split) {
    return accounts
        .map(
            names ->
                AccountMeans.fit(features, names, Training.select(rows, split.train()))
                    .centre(features, names))
        .orElse(features);
  }

  private List<Optional<LocalDateTime>> times(int[] rows) {
    return IntStream.of(rows).mapToObj(i -> data.posts().get(i).time()).toList();
  }

  /** In time, where posts have an order in time and are enough; else across groups. */
  Optional<Conformal> conformal(Trainer trainer, Fit fit, RunContext context) {
    int[] rows = fit.fitRows();
    int[] groups = IntStream.of(rows).map(i -> fit.groups()[i]).toArray();
    List<Optional<LocalDateTime>> times = times(rows);
    if (times.stream().distinct().filter(Optional::isPresent).count() > 1
        && Conformal.isEnough(rows.length, COVERAGE)) {
      return Optional.of(
          Conformal.measure(
              trainer,
              fit.features().select(rows),
              training -> target(fit, rows, training),
              groups,
              times,
              COVERAGE,
              context));
    }
    double[] predicted = fit.unseenPredictions();
    double[] weights = fit.features().weights();
    double[] errors =
        IntStream.of(rows)
            .mapToDouble(i -> Math.sqrt(weights[i]) * Math.abs(fit.target()[i] - predicted[i]))
            .toArray();
    return Conformal.crossed(errors, groups, COVERAGE, seed);
  }

  /**
   * Intervals for posts of accounts that nothing was learned from, where there are several: each
   * account is predicted by regressors that saw none of its posts, relative to what is usual for
   * it.
   */
  Optional<Conformal> newAccounts(Trainer trainer, Fit fit, Matrix unweighted, RunContext context) {
    if (accounts.isEmpty()) {
      return Optional.empty();
    }
    int[] rows = fit.fitRows();
    Matrix features = weighted(unweighted);
    List<String> names = IntStream.of(rows).mapToObj(accounts.get()::get).toList();
    List<String> distinct = names.stream().distinct().sorted().toList();
    int[] groups = Training.select(fit.groups(), rows);
    double[] errors = new double[rows.length];
    for (Split part : Splits.newGroups(names, seed).trainings()) {
      Matrix known = features(features, rows, part).select(rows);
      double[] target = target(fit, rows, part.train());
      try (Regressor regressor =
          trainer.train(
              known.select(part.train()),
              Training.select(target, part.train()),
              Training.select(groups, part.train()),
              context)) {
        double[] predicted = regressor.predict(known.select(part.test()));
        double[] weights = known.weights();
        for (int k = 0; k < predicted.length; k++) {
          int row = part.test()[k];
          errors[row] = Math.sqrt(weights[row]) * Math.abs(target[row] - predicted[k]);
        }
      }
    }
    return Conformal.crossed(
        errors, names.stream().mapToInt(distinct::indexOf).toArray(), COVERAGE, seed);
  }

  private Matrix weighted(Matrix unweighted) {
    Smoothed smoothed = values.smoothed();
    return smoothed.isNone() ? unweighted : unweighted.withWeights(smoothed.weights());
  }

  /** Targets of the fitted rows, by a transform that knows only a split's training rows. */
  private double[] target(Fit fit, int[] rows, Split split) {
    int[] training = Training.select(rows, split.train());
    Measured known = values.knowing(training);
    return Training.select(knowing(fit, training, known).apply(values.times(), known), rows);
  }

  /**
   * The same in the model's units, where what is usual for an account is known up to each post, as
   * it is when a new one is predicted.
   */
  private double[] target(Fit fit, int[] rows, int[] training) {
    int[] trained = Training.select(rows, training);
    Measured known = values.following(trained);
    return Training.select(
        knowing(fit, trained, known)
            .inUnitsOf(fit.model().transform())
            .apply(values.times(), known),
        rows);
  }

  private TargetTransform knowing(Fit fit, int[] training, Measured known) {
    boolean[] isTraining = new boolean[known.values().length];
    IntStream.of(training).forEach(i -> isTraining[i] = true);
    return TargetTransform.fit(
        fit.model().transform().state().options(), values.times(), known, isTraining);
  }
}
