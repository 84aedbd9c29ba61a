package dev.anvil.ask;

import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.split.Folds;
import dev.anvil.predict.split.Groups;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.HierarchicalBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A campaign's posts as a model scores them, each by refits that never saw it.
 *
 * @param groups of near-duplicates, one number per post
 * @param folds that an alignment is learned in; a group is in one fold
 */
record PostScores(
    FittedModel model, List<Post> posts, Pictures pictures, int[] groups, Folds folds) {
  private static final int FOLDS = 5;

  /** More posts make the answer slower, and hardly narrower. */
  private static final int SCORED = 300;

  static PostScores of(FittedModel model, List<Post> posts, Pictures pictures) {
    int[] groups = posts.stream().mapToInt(p -> model.description().groups().get(p.id())).toArray();
    return new PostScores(
        model,
        posts,
        pictures,
        groups,
        Folds.grouped(groups, FOLDS, Seeds.derive(model.description().seed(), "ask", "folds")));
  }

  long seed(Object name) {
    return Seeds.derive(model.description().seed(), "ask", name);
  }

  /** Posts to score, drawn at random, one of each group. */
  int[] sample() {
    Set<Integer> taken = new HashSet<>();
    return Arrays.stream(Folds.shuffled(posts.size(), Seeds.random(seed("scored"), 0)))
        .filter(i -> taken.add(groups[i]))
        .limit(SCORED)
        .toArray();
  }

  /** How often each post counts when groups are drawn with replacement. */
  int[] drawn(SplittableRandom random) {
    List<int[]> all = List.copyOf(Groups.members(groups).values());
    int[] times = new int[posts.size()];
    for (int i = 0; i < all.size(); i++) {
      for (int row : all.get(random.nextInt(all.size()))) {
        times[row]++;
      }
    }
    return times;
  }

  /** Differences of posts' scores on both scales, {@code [post][1][refit]}. */
  record Scored(double[][][] target, double[][][] relative) {}

  /**
   * Moves posts half of a step there and half back.
   *
   * @param steps one per fold
   */
  Scored scored(int[] rows, float[][] steps, double reach, RefitEnsemble refits) {
    TargetTransform transform = model.transform();
    double[][] to = predictions(rows, steps, reach / 2, refits);
    double[][] from = predictions(rows, steps, -reach / 2, refits);
    double[][][] target = new double[rows.length][1][refits.size()];
    double[][][] relative = new double[rows.length][1][refits.size()];
    double[][][] base = new double[rows.length][1][refits.size()];
    for (int i = 0; i < rows.length; i++) {
      Post post = posts.get(rows[i]);
      for (int r = 0; r < refits.size(); r++) {
        boolean usable = !refits.saw(r, groups[rows[i]]);
        base[i][0][r] = usable ? transform.share(post.time(), from[r][i]) : Double.NaN;
        target[i][0][r] = usable ? to[r][i] - from[r][i] : Double.NaN;
        relative[i][0][r] =
            usable ? transform.share(post.time(), to[r][i]) - base[i][0][r] : Double.NaN;
      }
    }
    double mean = Math.abs(HierarchicalBootstrap.mean(base));
    for (double[][] bySeed : relative) {
      for (int r = 0; r < refits.size(); r++) {
        bySeed[0][r] /= mean;
      }
    }
    return new Scored(target, relative);
  }

  private double[][] predictions(int[] rows, float[][] steps, double times, RefitEnsemble refits) {
    float[][] moved = new float[rows.length][];
    List<Post> chosen = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      chosen.add(posts.get(rows[i]));
      float[] step = steps[folds.foldOfRow()[rows[i]]];
      moved[i] = pictures.rows()[rows[i]].clone();
      for (int k = 0; k < moved[i].length; k++) {
        moved[i][k] += (float) (times * step[k]);
      }
    }
    Matrix features = model.features(moved, chosen);
    double[][] out = new double[refits.size()][];
    for (int r = 0; r < out.length; r++) {
      out[r] = refits.predict(r, features);
    }
    return out;
  }

  /** Scores by refits that never saw a post, all as if published like the first one. */
  double[] scores(float[][] rows) {
    Matrix features = model.features(rows, Collections.nCopies(rows.length, posts.get(0)));
    RefitEnsemble refits = model.refits();
    double[] sum = new double[rows.length];
    for (int r = 0; r < refits.size(); r++) {
      double[] predicted = refits.predict(r, features);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += refits.saw(r, groups[i]) ? 0 : predicted[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= refits.unseenBy(groups[i]).length;
    }
    return sum;
  }
}
