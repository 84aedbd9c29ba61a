package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.refit.Resampling;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.Smoothed;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The posts that a model was fitted to, as it saw them. Arrays are read only.
 *
 * @param metric as the model takes it
 * @param target one per post; NaN where there is none
 * @param features one row per post, weighted where posts count differently
 * @param groups of near-duplicates, one number per post
 * @param clusters of posts that are resampled together
 * @param fitRows posts that were fitted to
 */
public record LearnedPosts(
    List<Optional<LocalDateTime>> times,
    Measured metric,
    double[] target,
    Matrix features,
    int[] groups,
    Clusters clusters,
    int[] fitRows) {
  /**
   * Posts as a model had them.
   *
   * @param posts that the model was fitted to, in the same order
   * @param embeddings one row per post
   * @throws InvalidInputException when these are other posts than the model was fitted to
   */
  public static LearnedPosts of(FittedModel model, List<Post> posts, float[][] embeddings) {
    FittedModel.Description description = model.description();
    List<Optional<LocalDateTime>> times = posts.stream().map(Post::time).toList();
    Smoothed smoothed = model.smoothed(posts);
    Measured metric = model.values(posts, smoothed);
    double[] values = metric.values();
    List<Observation> measured =
        IntStream.range(0, values.length)
            .filter(i -> !Double.isNaN(values[i]))
            .mapToObj(i -> new Observation(times.get(i), values[i]))
            .toList();
    if (!measured.equals(model.transform().state().history())
        || !posts.stream().allMatch(p -> description.groups().containsKey(p.id()))) {
      throw new InvalidInputException(
          "the model of " + description.metric(),
          "was fitted to other posts than there are now; expected the same: fit again");
    }
    double[] target = model.transform().apply(times, metric);
    int[] fitRows =
        IntStream.range(0, values.length)
            .filter(i -> !Double.isNaN(target[i]) && !model.transform().leftOut(times.get(i)))
            .toArray();
    Matrix features = model.features(embeddings, posts);
    int[] groups = posts.stream().mapToInt(p -> description.groups().get(p.id())).toArray();
    return new LearnedPosts(
        times,
        metric,
        target,
        smoothed.isNone() ? features : features.withWeights(smoothed.weights()),
        groups,
        model
            .accounts()
            .map(a -> Clusters.of(groups, a.of(posts), fitRows))
            .orElseGet(() -> Clusters.of(groups)),
        fitRows);
  }

  /** The metric of posts, NaN where it was not measured. */
  public double[] values() {
    return metric.values();
  }

  /** How much each post counts; none where all count alike. */
  public double[] weights() {
    return features.isWeighted() ? features.weights() : new double[0];
  }

  /**
   * Each post's target less the weighted prediction of refits that never saw it; NaN where it has
   * none.
   *
   * @param weight 1 for residuals
   */
  public double[] residuals(RefitEnsemble refits, double weight) {
    return residuals(target, refits, weight);
  }

  /** The same for each resampled ensemble of a model, of the targets that it was fitted to. */
  public List<double[]> resampledResiduals(FittedModel model, double weight) {
    double[] predicted = model.refits().predictUnseen(features, groups);
    List<double[]> residuals = new ArrayList<>();
    for (int k = 0; k < model.resampled().size(); k++) {
      residuals.add(
          residuals(
              Resampling.target(
                  target,
                  predicted,
                  clusters,
                  fitRows,
                  Seeds.random(model.description().seed(), Resampling.SEED, k)),
              model.resampled().get(k),
              weight));
    }
    return residuals;
  }

  /** The same for refits to the target in random order, of that. */
  public double[] permutedResiduals(FittedModel model, double weight) {
    return residuals(
        ModelFitter.permuted(
            target,
            features,
            fitRows,
            Seeds.random(model.description().seed(), ModelFitter.PERMUTE)),
        model.permuted(),
        weight);
  }

  private double[] residuals(double[] of, RefitEnsemble refits, double weight) {
    if (weight == 0) {
      return of.clone(); // labels alone: nothing is predicted
    }
    double[] predicted = refits.predictUnseen(features, groups);
    return IntStream.range(0, of.length).mapToDouble(i -> of[i] - weight * predicted[i]).toArray();
  }
}
