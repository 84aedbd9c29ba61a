package dev.anvil.study.effect;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.label.LevelClassifier;
import dev.anvil.study.label.PaintedLevels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sources and variants of a study, made, checked and encoded: whichever models score them, they
 * stay the same.
 *
 * @param checks one per cell
 * @param untouched embedding of each source
 * @param edited embedding of each cell's picture
 * @param controls columns of each source
 * @param variants columns of each cell's picture
 */
public record StudyPictures(
    StudySpec spec,
    List<Source> sources,
    List<Cell> cells,
    List<VariantStudio.Check> checks,
    float[][] untouched,
    float[][] edited,
    Matrix controls,
    Matrix variants) {
  /** A group that no post belongs to: all refits may score it. */
  private static final int NOBODY = -1;

  public StudyPictures {
    sources = List.copyOf(sources);
    cells = List.copyOf(cells);
    checks = List.copyOf(checks);
  }

  /**
   * The same pictures with the columns of another model.
   *
   * @param posts that the model was fitted to: a source that is one of them was published then
   * @param published a source as the model is to see it, for example at another time
   */
  public StudyPictures scoredBy(
      FittedModel model, List<Post> posts, UnaryOperator<Post> published) {
    Map<String, Post> byId = new HashMap<>();
    posts.forEach(post -> byId.put(post.id(), post));
    List<Source> others =
        sources.stream()
            .map(
                s ->
                    new Source(
                        published.apply(byId.getOrDefault(s.post().id(), s.post())),
                        model.description().groups().getOrDefault(s.post().id(), NOBODY),
                        s.main(),
                        s.words()))
            .toList();
    List<Cell> otherCells = cells.stream().map(c -> c.of(others.get(c.source()))).toList();
    return new StudyPictures(
        spec,
        others,
        otherCells,
        checks,
        untouched,
        edited,
        model.features(untouched, others.stream().map(Source::post).toList()),
        model.features(edited, otherCells.stream().map(c -> c.from().post()).toList()));
  }

  /**
   * Predictions of all refits of an ensemble.
   *
   * @param untouched {@code [refit][source]}
   * @param edited {@code [refit][cell]}
   */
  public record Predicted(RefitEnsemble refits, double[][] untouched, double[][] edited) {}

  public Predicted predict(RefitEnsemble refits) {
    double[][] untouchedScores = new double[refits.size()][];
    double[][] editedScores = new double[refits.size()][];
    for (int k = 0; k < refits.size(); k++) {
      untouchedScores[k] = refits.predict(k, controls);
      editedScores[k] = refits.predict(k, variants);
    }
    return new Predicted(refits, untouchedScores, editedScores);
  }

  /**
   * Scores all pictures.
   *
   * @param transform of the metric that the refits predict
   */
  public ScoreTable score(RefitEnsemble refits, TargetTransform transform) {
    return score(predict(refits), transform, Correction.NONE);
  }

  /** Scores all pictures, corrected. */
  public ScoreTable score(Predicted predicted, TargetTransform transform, Correction correction) {
    boolean[] valid = new boolean[cells.size()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = checks.get(i).reasons().isEmpty();
    }
    return new ScoreTable(
        new VariantScores(predicted, sources, cells, valid, correction), transform);
  }

  /** All contrasts of the study, in its order: of factors, of placebos, of null edits. */
  public List<Differences> contrasts(ScoreTable scores) {
    List<Differences> contrasts = new ArrayList<>();
    for (Factor factor : spec.factors()) {
      contrasts.addAll(scores.differences(factor, false));
    }
    for (Factor placebo : spec.placebos()) {
      contrasts.addAll(scores.differences(placebo, true));
    }
    for (Factor factor : spec.factors()) {
      scores.nullEdits(factor).ifPresent(contrasts::add);
    }
    return contrasts;
  }

  /** For each contrast, its mean by each of several models. */
  public static List<Resampled> resampled(List<List<Differences>> byModel) {
    int contrasts = byModel.isEmpty() ? 0 : byModel.get(0).size();
    return IntStream.range(0, contrasts)
        .mapToObj(c -> Resampled.of(byModel.stream().map(t -> t.get(c)).toList()))
        .toList();
  }

  public static List<Differences> with(List<Resampled> resampled, List<Differences> contrasts) {
    return resampled.isEmpty()
        ? contrasts
        : IntStream.range(0, contrasts.size())
            .mapToObj(c -> contrasts.get(c).with(resampled.get(c)))
            .toList();
  }

  /**
   * The bias correction that posts give for a model.
   *
   * @param weight of the model
   * @param residuals targets of the posts less its weighted predictions
   * @param tags what each post shows, by factor, and further columns to control for
   * @param errors of the tags
   */
  public Correction correction(
      double weight,
      double[] residuals,
      LearnedPosts learned,
      List<Post> posts,
      List<TagColumn> tags,
      LabelErrors errors) {
    return Correction.of(
        spec.factors(),
        weight,
        residuals,
        tags,
        errors,
        posts.stream().map(Post::id).toList(),
        learned.groups(),
        learned.weights(),
        learned.fitRows());
  }

  /**
   * What speaks against effects of what networks painted, in words.
   *
   * @param recognised by factor, the share of posts whose level variants tell, where it is known
   */
  public List<String> doubts(Map<String, Double> recognised, RunContext context) {
    return spec.factors().stream()
        .flatMap(
            f ->
                Stream.concat(
                    PaintedLevels.doubt(f, cells, variants, classifierSeed(f), context)
                        .or(
                            () ->
                                Optional.ofNullable(recognised.get(f.name()))
                                    .flatMap(share -> PaintedLevels.doubtOnPosts(f, share)))
                        .stream(),
                    PaintedLevels.doubtReference(f).stream()))
        .toList();
  }

  private long classifierSeed(Factor factor) {
    return Seeds.derive(spec.seed(), "levels", factor.name());
  }

  /** For each factor what its variants tell of pictures. */
  public List<LevelClassifier.Found> find(Matrix others, RunContext context) {
    return spec.factors().stream()
        .filter(factor -> !factor.combines())
        .map(
            factor ->
                LevelClassifier.find(
                    factor, cells, variants, others, classifierSeed(factor), context))
        .toList();
  }
}
