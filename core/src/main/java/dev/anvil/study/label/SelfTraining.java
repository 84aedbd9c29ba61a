package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.split.Folds;
import dev.anvil.stats.GaussianMixture;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns from posts with labels, some of which are wrong, what the levels look like on posts, and
 * labels all posts anew.
 *
 * <p>Rules and variants know a level as it should look. On posts it looks otherwise: white paint in
 * the shade is as dark as silver paint. A classifier that is trained on labels with few errors errs
 * less than these, and a mixture over what it says of posts that it never saw finds where one level
 * ends and the next begins.
 *
 * @param pictures one row per post, as a model sees them
 * @param groups of near-duplicates, one number per post: none is labelled by its own copies
 * @param seed of the division into folds
 */
public record SelfTraining(Matrix pictures, int[] groups, long seed) {
  private static final int ROUNDS = 2;
  private static final int FOLDS = 5;

  /**
   * Penalty of the regressions by standardised column. One that is chosen by the labels would help
   * to learn their errors; from .2 to 2 it makes no difference on the showroom.
   */
  private static final double PENALTY = .25;

  /** Posts with a label that each level needs. */
  private static final int LEAST = 20;

  /**
   * Share of the first labels that a classifier must say the same of, having learned from the
   * others. Where it is less, the levels do not show in the pictures, or the labels are bad.
   */
  private static final double LEARNED = .9;

  /** A post less likely than this of any one level is not labelled. */
  private static final double SURE = .8;

  public SelfTraining {
    requireNonNull(pictures, "pictures is null");
    requireNonNull(groups, "groups is null");
  }

  /**
   * What was learned.
   *
   * @param column label of each post; the empty text where none is sure
   * @param disputed share of the labels of which a classifier says otherwise that never saw the
   *     post, nor its near-duplicates
   */
  public record Learned(TagColumn column, double disputed) {
    public Learned {
      requireNonNull(column, "column is null");
    }
  }

  /**
   * Labels posts.
   *
   * @param start label of each post, the empty text for none
   * @param candidates numbers of the posts that may show a level, all with a label among them: one
   *     that shows none looks most like one of them all the same
   * @param levels that labels may be
   * @return empty where there are too few labels, or where they cannot be learned from pictures
   */
  public Optional<Learned> from(
      TagColumn start, int[] candidates, List<String> levels, RunContext context) {
    int[] labels = start.values().stream().mapToInt(levels::indexOf).toArray();
    if (isRare(labels, levels.size()) || isOfOneGroup(labels)) {
      return Optional.empty();
    }
    Refitter refitter =
        Ridge.of(PENALTY * pictures.columns())
            .prepare(pictures, new double[pictures.rows()], groups, context);
    double[][] seen = new double[0][];
    for (int round = 0; round < ROUNDS; round++) {
      seen = values(refitter, labels, levels.size(), round, context);
      if (isRare(labels, levels.size()) || disputed(labels, seen) > 1 - LEARNED) {
        return Optional.empty();
      }
      labels = sure(labels, seen, candidates, levels.size());
    }
    List<String> names = new ArrayList<>();
    for (int label : labels) {
      names.add(label < 0 ? "" : levels.get(label));
    }
    return Optional.of(new Learned(new TagColumn(start.name(), names), disputed(labels, seen)));
  }

  private static boolean isRare(int[] labels, int levels) {
    return IntStream.range(0, levels)
        .anyMatch(level -> Arrays.stream(labels).filter(l -> l == level).count() < LEAST);
  }

  /**
   * Whether nearly all labels are of copies of one picture, which nothing else can be told from.
   */
  private boolean isOfOneGroup(int[] labels) {
    Map<Integer, Integer> labelled = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      labelled.merge(groups[i], labels[i] < 0 ? 0 : 1, Integer::sum);
    }
    int all = labelled.values().stream().mapToInt(Integer::intValue).sum();
    return all - Collections.max(labelled.values()) < LEAST;
  }

  /** What classifiers say of posts that they did not learn from. */
  private double[][] values(
      Refitter refitter, int[] labels, int levels, int round, RunContext context) {
    Folds folds = Folds.grouped(groups, FOLDS, Seeds.derive(seed, "self-training", round));
    double[][] values = new double[labels.length][];
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] learned = IntStream.of(folds.outside(fold)).filter(row -> labels[row] >= 0).toArray();
      int[] held = folds.inside(fold);
      double[][] said =
          IndicatorRegressions.values(
              refitter,
              learned,
              IntStream.of(learned).map(row -> labels[row]).toArray(),
              levels,
              pictures.select(held),
              context);
      for (int i = 0; i < held.length; i++) {
        values[held[i]] = said[i];
      }
    }
    return values;
  }

  private static double disputed(int[] labels, double[][] values) {
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] >= 0)
        .mapToDouble(i -> labels[i] == IndicatorRegressions.largest(values[i]) ? 0 : 1)
        .average()
        .orElse(1);
  }

  private static int[] sure(int[] labels, double[][] seen, int[] candidates, int levels) {
    double[][] chances =
        GaussianMixture.posteriors(
            IntStream.of(candidates).mapToObj(row -> seen[row]).toArray(double[][]::new),
            IntStream.of(candidates).map(row -> labels[row]).toArray(),
            levels);
    int[] sure = new int[labels.length];
    Arrays.fill(sure, -1);
    for (int i = 0; i < candidates.length; i++) {
      int likeliest = IndicatorRegressions.largest(chances[i]);
      if (chances[i][likeliest] >= SURE) {
        sure[candidates[i]] = likeliest;
      }
    }
    return sure;
  }
}
