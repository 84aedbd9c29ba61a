package dev.anvil.lab.alarm;

import dev.anvil.RunContext;
import dev.anvil.monitor.Fatigue.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How often what monitoring says is false where nothing changes, and how soon it finds what does
 * change, on simulated series; the usual rules beside it.
 *
 * @param residuals of an audience that likes everything less from the fit on ({@link #DROPS})
 * @param pictures of which a share is of another kind from the fit on ({@link #SHARES})
 * @param fatigue of an element that loses in every quarter ({@link #LOSSES})
 */
public record AlarmRates(List<Rate> residuals, List<Rate> pictures, List<FatigueRate> fatigue) {
  /** Drops of the metric that are looked for. */
  public static final List<Double> DROPS = ShiftRates.DROPS;

  /** Shares of new pictures that are of another kind. */
  public static final List<Double> SHARES = DriftRates.SHARES;

  /** What an element loses in a quarter, as a share of the metric. */
  public static final List<Double> LOSSES = FatigueRates.LOSSES;

  public AlarmRates {
    residuals = List.copyOf(residuals);
    pictures = List.copyOf(pictures);
    fatigue = List.copyOf(fatigue);
  }

  /**
   * Of one rule on one kind of series.
   *
   * @param rule in words
   * @param series what its months have in common
   * @param falseAlarms share of series without change in which it raised an alarm within two years
   * @param changes one per size of the change
   */
  public record Rate(String rule, String series, double falseAlarms, List<Found> changes) {
    public Rate {
      changes = List.copyOf(changes);
    }
  }

  /**
   * How a change was found.
   *
   * @param share of series in which it was found within two years
   * @param months until half of all series had it found, the month of the alarm included; empty
   *     where fewer than half had
   */
  public record Found(double share, OptionalInt months) {
    /**
     * Of the months in which it was found, where it was.
     *
     * @param seeds number of series
     */
    static Found of(List<Integer> months, int seeds) {
      List<Integer> sorted = new ArrayList<>(months);
      sorted.sort(null);
      return new Found(
          sorted.size() / (double) seeds,
          2 * sorted.size() < seeds
              ? OptionalInt.empty()
              : OptionalInt.of(sorted.get((seeds - 1) / 2)));
    }
  }

  /**
   * What is said of an element over a year.
   *
   * @param series what its months have in common
   * @param loss in a quarter, as a share of the metric
   * @param verdicts share of series by verdict
   * @param underPeak share of series in which two weeks were 20 % under the best two weeks before
   */
  public record FatigueRate(
      String series, double loss, Map<Verdict, Double> verdicts, double underPeak) {
    public FatigueRate {
      verdicts = new TreeMap<>(verdicts);
    }
  }

  /**
   * Simulates.
   *
   * @param seeds series of each kind
   */
  public static AlarmRates measure(int seeds, RunContext context) {
    return new AlarmRates(
        ShiftRates.measure(seeds, context),
        DriftRates.measure(seeds, context),
        FatigueRates.measure(seeds, context));
  }
}
