package dev.anvil.study.plant;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.predict.Planter;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.ScoreTable.LevelScores;
import dev.anvil.study.plant.PlantResult.Bar;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Mean predictions of a base or planted model: the bars of the paper's Figures 1, 2 and 7. */
public record PlantBars(Planter planter, List<Post> posts, EstimationSettings settings) {
  public PlantBars {
    posts = List.copyOf(posts);
  }

  /**
   * Bars of one model.
   *
   * @param times of what was planted
   * @param what the characteristic
   * @param scores of the study's pictures by this model
   */
  public List<Bar> of(
      double times,
      Planting.Characteristic what,
      ScoreTable scores,
      RefitEnsemble refits,
      TargetTransform transform,
      RunContext context) {
    List<Bar> bars = new ArrayList<>();
    levels(times, what.factor(), scores, bars);
    double[] predicted = planter.unseenPredictions(refits);
    int[] with = IntStream.of(planter.fitRows()).filter(i -> what.onPosts()[i]).toArray();
    int[] others = IntStream.of(planter.fitRows()).filter(i -> !what.onPosts()[i]).toArray();
    bars.add(posts(times, Bar.WITH, with, predicted, transform, context));
    bars.add(posts(times, Bar.OTHERS, others, predicted, transform, context));
    return bars;
  }

  private void levels(double times, Factor factor, ScoreTable scores, List<Bar> into) {
    for (LevelScores level : scores.levels(factor)) {
      long seed = Seeds.derive(settings.seed(), "bar", level.level(), times);
      int sources = usable(level.target());
      if (sources >= 2) {
        into.add(
            new Bar(
                times,
                level.level(),
                sources,
                interval(level.target(), seed),
                interval(level.metric(), seed)));
      }
    }
  }

  private Interval interval(double[][][] scores, long seed) {
    return HierarchicalBootstrap.estimate(scores, settings.draws(), seed)
        .distribution()
        .interval(settings.level());
  }

  private static int usable(double[][][] scores) {
    int usable = 0;
    for (double[][] bySeed : scores) {
      boolean has = false;
      for (double[] byRefit : bySeed) {
        has |= IntStream.range(0, byRefit.length).anyMatch(r -> !Double.isNaN(byRefit[r]));
      }
      usable += has ? 1 : 0;
    }
    return usable;
  }

  private Bar posts(
      double times,
      String name,
      int[] rows,
      double[] predicted,
      TargetTransform transform,
      RunContext context) {
    return new Bar(
        times,
        name,
        rows.length,
        mean(rows, i -> predicted[i], context),
        mean(rows, i -> transform.invert(posts.get(i).time(), predicted[i]), context));
  }

  /** With an interval over groups of near-duplicates. */
  private Interval mean(int[] rows, IntToDoubleFunction value, RunContext context) {
    int[] all = planter.groups();
    int[] groups = IntStream.of(rows).map(i -> all[i]).toArray();
    double[] values = IntStream.of(rows).mapToDouble(value).toArray();
    if (IntStream.of(groups).distinct().count() < 2) {
      double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
      return new Interval(
          Double.NEGATIVE_INFINITY,
          mean / values.length,
          Double.POSITIVE_INFINITY,
          settings.level());
    }
    return new ClusterBootstrap(groups, settings.draws(), settings.level(), settings.seed())
        .interval(
            times -> {
              double sum = 0;
              double count = 0;
              for (int i = 0; i < times.length; i++) {
                sum += times[i] * values[i];
                count += times[i];
              }
              return count == 0 ? Double.NaN : sum / count;
            },
            context)
        .orElseThrow();
  }
}
