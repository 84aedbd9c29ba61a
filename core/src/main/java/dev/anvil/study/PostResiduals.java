package dev.anvil.study;

import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import java.util.List;

/**
 * Residuals of posts: targets less weighted predictions.
 *
 * @param embeddings of the posts
 */
record PostResiduals(FittedModel model, float[][] embeddings, LearnedPosts learned) {

  static PostResiduals of(FittedModel model, List<Post> posts, float[][] embeddings) {
    return new PostResiduals(model, embeddings, LearnedPosts.of(model, posts, embeddings));
  }

  /** By the model's refits. */
  double[] own(double weight) {
    return learned.residuals(model.refits(), weight);
  }

  /** By each of its resampled ensembles. */
  List<double[]> resampled(double weight) {
    return learned.resampledResiduals(model, weight);
  }

  /** By refits to a target in random order. */
  double[] permuted(double weight) {
    return learned.permutedResiduals(model, weight);
  }
}
