package dev.anvil.tags;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.tags.TagEffect.Diagnostics;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Ordinary least squares of the target on all tags at once, without interactions: what a level goes
 * with controlling for all other columns.
 *
 * <p>Standard errors are cluster-robust by the bias-reduced linearisation CR2 of Bell and McCaffrey
 * (2002), with their Satterthwaite degrees of freedom for independent errors of equal variance
 * (Imbens and Kolesar 2016, Review of Economics and Statistics 98, 701); clusters are the posts'
 * groups. With groups of one post this is HC2. Unlike CR0 and CR1 it stays honest for levels that
 * few posts have.
 *
 * <p>A contrast is refused when a level is missing or occurs in one group only, when the design
 * cannot tell it from other columns (it is not estimable), or when it rests on one group of posts
 * alone. Nothing is dropped silently: redundant columns are harmless, since the solution of least
 * norm gives the same estimable contrasts as any other.
 *
 * <p>What it takes as the effect is causal only if nothing else that moves the metric goes with the
 * tag, and if effects add up; where a level's effect differs between contexts, the mean over them
 * is weighted by how much the level varies within each.
 */
public final class TagRegression implements TagEstimator {
  private final double level;

  /**
   * @param level coverage that intervals aim at
   */
  public TagRegression(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level is %s; expected within 0 and 1".formatted(level));
    }
    this.level = level;
  }

  /** With 95 % intervals. */
  public static TagRegression standard() {
    return new TagRegression(.95);
  }

  @Override
  public String name() {
    return "tag-regression";
  }

  @Override
  public List<TagEffect> estimate(
      TaggedPosts posts, List<TagContrast> contrasts, RunContext context) {
    Coding coding = Coding.of(posts, column -> true);
    LeastSquares fit = LeastSquares.of(posts, coding);
    return contrasts.stream().map(contrast -> effect(posts, contrast, coding, fit)).toList();
  }

  /**
   * Points alone, in a fraction of the time, for who draws the posts again to see how they vary.
   *
   * @return one per contrast; empty where {@link #estimate} refuses for want of posts or because
   *     the design cannot tell
   */
  public List<OptionalDouble> points(TaggedPosts posts, List<TagContrast> contrasts) {
    Coding coding = Coding.of(posts, column -> true);
    LeastSquares fit = LeastSquares.of(posts, coding);
    return contrasts.stream()
        .map(
            contrast ->
                posts.refusal(contrast).isPresent()
                    ? OptionalDouble.empty()
                    : fit.point(weights(contrast, coding)))
        .toList();
  }

  private TagEffect effect(
      TaggedPosts posts, TagContrast contrast, Coding coding, LeastSquares fit) {
    Diagnostics diagnostics = Diagnostics.of(posts, contrast);
    return posts
        .refusal(contrast)
        .or(fit::refusal)
        .map(reason -> TagEffect.refused(contrast, reason, diagnostics))
        .orElseGet(
            () -> {
              LeastSquares.Answer answer = fit.answer(weights(contrast, coding));
              return answer
                  .refusal()
                  .map(reason -> TagEffect.refused(contrast, reason, diagnostics))
                  .orElseGet(
                      () ->
                          TagEffect.of(
                              contrast,
                              Estimates.of(
                                  answer.point(),
                                  answer.standardError(),
                                  answer.degreesOfFreedom(),
                                  level),
                              diagnostics));
            });
  }

  static double[] weights(TagContrast contrast, Coding coding) {
    double[] weights = new double[coding.matrix().columns() + 1];
    for (int k = 0; k < coding.levels().size(); k++) {
      Coding.Level coded = coding.levels().get(k);
      if (coded.column().equals(contrast.column())) {
        weights[k + 1] = contrast.weight(coded.level());
      }
    }
    return weights;
  }

  static double[][] withConstant(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns() + 1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 1;
      for (int k = 0; k < matrix.columns(); k++) {
        rows[i][k + 1] = matrix.get(i, k);
      }
    }
    return rows;
  }
}
