package dev.anvil.lab.alarm;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.lab.alarm.AlarmRates.Found;
import dev.anvil.lab.alarm.AlarmRates.Rate;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.monitor.PictureDrift.Shot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Four years of pictures that a model learned from and two years after, six a month, of which a
 * share is of another kind from the fit on. Both rules look once a month, at all new pictures.
 */
final class DriftRates {
  /** Shares of new pictures that are of another kind. */
  static final List<Double> SHARES = List.of(.25, .5, 1.);

  private static final int OLD_MONTHS = 48;
  private static final int A_MONTH = 6;
  private static final int WIDTH = 16;

  /** How far another kind is away, in standard deviations, in each of some directions. */
  private static final double AWAY = 1.5;

  private static final int DIRECTIONS = 4;

  /** One false alarm in two years of months, shared by three series. */
  private static final double LARGEST_P = 1 / 72.;

  /** Evidently's default for embeddings. */
  private static final double LARGEST_AUC = .55;

  private static final List<String> RULES =
      List.of("Anvil, one in two years", "area under the ROC curve above 0.55");

  private DriftRates() {}

  static List<Rate> measure(int seeds, RunContext context) {
    List<Rate> rates = new ArrayList<>();
    try (Phase phase =
        context.start("simulate pictures", Series.KINDS.size() * (SHARES.size() + 1L) * seeds)) {
      for (Series.Quiet kind : Series.KINDS) {
        List<Found> quiet = found(kind, 0, seeds, phase);
        List<List<Found>> changes =
            SHARES.stream().map(share -> found(kind, share, seeds, phase)).toList();
        for (int rule = 0; rule < RULES.size(); rule++) {
          int at = rule;
          rates.add(
              new Rate(
                  RULES.get(rule),
                  kind.name(),
                  quiet.get(rule).share(),
                  changes.stream().map(c -> c.get(at)).toList()));
        }
      }
    }
    return rates;
  }

  /** One for each rule. */
  private static List<Found> found(Series.Quiet kind, double share, int seeds, Phase phase) {
    List<Integer> byP = new ArrayList<>();
    List<Integer> byAuc = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      phase.context().checkCancelled();
      List<Shot> shots = shots(kind, share, seed);
      boolean isFound = false;
      boolean isTold = false;
      for (int month = 1; month <= Series.FRESH_MONTHS && !(isFound && isTold); month++) {
        PictureDrift drift =
            PictureDrift.of(shots.subList(0, (OLD_MONTHS + month) * A_MONTH), seed).orElseThrow();
        if (!isFound && drift.p() <= LARGEST_P) {
          isFound = true;
          byP.add(month);
        }
        if (!isTold && drift.auc() > LARGEST_AUC) {
          isTold = true;
          byAuc.add(month);
        }
      }
      phase.step(1);
    }
    return List.of(Found.of(byP, seeds), Found.of(byAuc, seeds));
  }

  private static List<Shot> shots(Series.Quiet kind, double share, int seed) {
    Random random = new Random(Seeds.derive(seed, "pictures", kind.name()));
    List<Shot> shots = new ArrayList<>();
    double[] month = new double[WIDTH];
    for (int m = 0; m < OLD_MONTHS + Series.FRESH_MONTHS; m++) {
      boolean isNew = m >= OLD_MONTHS;
      for (int c = 0; c < WIDTH; c++) {
        month[c] = kind.next(month[c], random);
      }
      for (int k = 0; k < A_MONTH; k++) {
        boolean isOther = random.nextDouble() < share && isNew;
        float[] embedding = new float[WIDTH];
        for (int c = 0; c < WIDTH; c++) {
          embedding[c] =
              (float) (month[c] + random.nextGaussian() + (isOther && c < DIRECTIONS ? AWAY : 0));
        }
        shots.add(
            new Shot(embedding, Series.BEGIN.plusMonths(m).plusDays(4L * k), shots.size(), isNew));
      }
    }
    return shots;
  }
}
