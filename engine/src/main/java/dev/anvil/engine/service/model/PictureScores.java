package dev.anvil.engine.service.model;

import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.report.data.ModelResult.Coverage;
import dev.anvil.stats.Descriptive;
import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import java.util.List;
import java.util.Optional;

/**
 * What a model expects of one post's picture under edits, by refits that never saw the post or a
 * near-duplicate of it (docs/method.md section 3).
 */
public final class PictureScores {
  private static final double LEVEL = .95;

  /** Number of no group of near-duplicates: of a picture that no refit has seen. */
  private static final int NOBODY = -1;

  private final FittedModel model;
  private final Post post;
  private final int group;
  private final Optional<AccountScale> account;

  public PictureScores(FittedModel model, Post post) {
    this.model = model;
    this.post = post;
    this.group = model.description().groups().getOrDefault(post.id(), NOBODY);
    this.account = AccountScale.of(model, post, Optional.empty());
  }

  /**
   * A change of what is expected.
   *
   * @param relative as a ratio minus one
   * @param interval of it, had the model learned from other posts; empty where the model was not
   *     fitted to resampled posts
   */
  public record Change(double relative, Optional<Interval> interval) {}

  /** What is expected of a picture, on the metric's own scale where that is known. */
  public double expected(float[] embedding) {
    return AccountScale.on(
        account,
        model.transform().expected(post.time(), mean(model.refits(), List.of(embedding))[0]));
  }

  /** The same with the interval that holds as many outcomes as its level says. */
  Interval around(float[] embedding, Coverage measured) {
    return AccountScale.on(
        account,
        measured.around(
            mean(model.refits(), List.of(embedding))[0], model.transform(), post.time()));
  }

  /** What changes from one picture to another. */
  public Change change(float[] from, float[] to) {
    double[] scores = mean(model.refits(), List.of(from, to));
    double point = scores[1] - scores[0];
    int resamples = model.resampled().size();
    if (resamples < 2) {
      return new Change(relative(scores[0], point), Optional.empty());
    }
    double[] others = new double[resamples];
    for (int k = 0; k < resamples; k++) {
      double[] other = mean(model.resampled().get(k), List.of(from, to));
      others[k] = other[1] - other[0];
    }
    double half = new StudentT(resamples - 1).quantile((1 + LEVEL) / 2) * Descriptive.sd(others);
    double relative = relative(scores[0], point);
    return new Change(
        relative,
        Optional.of(
            new Interval(
                relative(scores[0], point - half),
                relative,
                relative(scores[0], point + half),
                LEVEL)));
  }

  private double relative(double from, double change) {
    double before = model.transform().share(post.time(), from);
    return (model.transform().share(post.time(), from + change) - before) / Math.abs(before);
  }

  /** Mean over the refits that never saw the post, one per picture. */
  private double[] mean(RefitEnsemble refits, List<float[]> embeddings) {
    Matrix features =
        model.features(
            embeddings.toArray(float[][]::new), embeddings.stream().map(e -> post).toList());
    double[] sum = new double[embeddings.size()];
    int[] unseen = refits.unseenBy(group);
    for (int refit : unseen) {
      double[] own = refits.predict(refit, features);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += own[i] / unseen.length;
      }
    }
    return sum;
  }
}
