package dev.anvil.study;

import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.study.effect.Correction;
import java.util.List;

/**
 * Residuals of posts: targets less weighted predictions.
 *
 * @param embeddings of the posts
 * @param own by the model's refits
 * @param resampled by each of its resampled ensembles
 */
record PostResiduals(
    float[][] embeddings, LearnedPosts learned, double[] own, List<double[]> resampled) {

  static PostResiduals of(FittedModel model, List<Post> posts, float[][] embeddings) {
    LearnedPosts learned = LearnedPosts.of(model, posts, embeddings);
    return new PostResiduals(
        embeddings,
        learned,
        learned.residuals(model.refits(), Correction.WEIGHT),
        learned.resampledResiduals(model, Correction.WEIGHT));
  }

  /** By refits to a target in random order. */
  double[] permuted(FittedModel model) {
    return learned.permutedResiduals(model, Correction.WEIGHT);
  }
}
