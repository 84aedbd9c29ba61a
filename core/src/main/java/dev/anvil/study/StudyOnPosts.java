package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.study.effect.Effect;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A study whose pictures are made, with posts that models can be fitted to: what effects are by
 * models of other posts, while the pictures stay the same.
 *
 * @param smoothed how the metric of the posts was smoothed
 */
public record StudyOnPosts(PreparedStudy study, ModelFitter.Data data, Smoothed smoothed) {
  public StudyOnPosts {
    requireNonNull(study, "study is null");
    requireNonNull(data, "data is null");
    requireNonNull(smoothed, "smoothed is null");
  }

  /** The same pictures with some of the posts. */
  public StudyOnPosts select(int[] rows) {
    return new StudyOnPosts(study, data.select(rows), smoothed.select(rows));
  }

  /** A model of the posts; close it. */
  public FittedModel fit(ModelFitter.Request request, RunContext context) {
    return ModelFitter.fit(request, data, smoothed, context).model();
  }

  /**
   * The study as a model of these posts sees it, corrected by what they show.
   *
   * @param published a source as the model is to see it
   */
  BiasCorrected corrected(FittedModel model, UnaryOperator<Post> published, RunContext context) {
    ScoredStudy scored = study.score(model, data.posts(), published, context);
    return scored.corrected(
        data.embeddings(), scored.inferLabels(data.embeddings(), context), context);
  }

  /** One effect per declared contrast. */
  public List<Effect> effects(FittedModel model, RunContext context) {
    return corrected(model, UnaryOperator.identity(), context).effects().stream()
        .filter(e -> !e.placebo())
        .toList();
  }
}
