package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A study whose pictures were made, checked and encoded once, on which models of different metrics
 * of the same pictures are judged: real ones, or those of simulated worlds (docs/method.md section
 * 7.2).
 */
public final class PreparedStudy {
  private final StudyPictures pictures;
  private final Map<String, RuleLabels> ruleLabels;
  private final KnownLabels known;
  private final EstimationSettings settings;

  /**
   * A prepared study.
   *
   * @param ruleLabels by factor, the labels by its rules
   * @param known levels that somebody looked up
   * @param settings how effects are estimated
   */
  PreparedStudy(
      StudyPictures pictures,
      Map<String, RuleLabels> ruleLabels,
      KnownLabels known,
      EstimationSettings settings) {
    this.known = requireNonNull(known, "known is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.ruleLabels = Map.copyOf(ruleLabels);
    this.pictures = requireNonNull(pictures, "pictures is null");
  }

  /** A study of pictures that were made elsewhere, whose posts are labelled by who judges it. */
  public static PreparedStudy of(StudyPictures pictures) {
    return new PreparedStudy(
        pictures, Map.of(), KnownLabels.NONE, EstimationSettings.of(pictures.spec()));
  }

  StudyPictures pictures() {
    return pictures;
  }

  public StudySpec spec() {
    return pictures.spec();
  }

  /**
   * The same study whose label rules find other labels: of posts that show these pictures once
   * more, or by a segmenter that errs more often.
   *
   * @param labels of a factor, from those that were found
   */
  public PreparedStudy relabelled(BiFunction<Factor, RuleLabels, RuleLabels> labels) {
    Map<String, RuleLabels> others = new HashMap<>();
    for (Factor factor : spec().factors()) {
      if (ruleLabels.containsKey(factor.name())) {
        others.put(factor.name(), labels.apply(factor, ruleLabels.get(factor.name())));
      }
    }
    return new PreparedStudy(pictures, others, known, settings);
  }

  /**
   * Judges a model.
   *
   * @param posts that it was fitted to
   */
  public ScoredStudy score(FittedModel model, List<Post> posts, RunContext context) {
    return score(model, posts, UnaryOperator.identity(), context);
  }

  /**
   * Judges a model of posts of another time than the sources.
   *
   * @param published a source as the model is to see it: a trend of one year says nothing of
   *     another
   */
  ScoredStudy score(
      FittedModel model, List<Post> posts, UnaryOperator<Post> published, RunContext context) {
    return new ScoredStudy(
        model,
        List.copyOf(posts),
        pictures.scoredBy(model, posts, published),
        ruleLabels,
        known,
        settings,
        context);
  }
}
