package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.split.Folds;
import dev.anvil.tags.TagEffect.Diagnostics;
import dev.anvil.tags.TagEffect.Estimate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Cross-fitted double machine learning: the augmented inverse-propensity estimate (AIPW) of the
 * mean target were <em>all</em> posts at a level, and differences between levels (Robins, Rotnitzky
 * and Zhao 1994; Cattaneo 2010 for several levels; cross-fitting by Chernozhukov et al. 2018, The
 * Econometrics Journal 21, C1). It is right if either the outcome or the propensity is modelled
 * well and everything that moves both tag and metric is among the controls.
 *
 * <p>Per column and fold of whole groups, on the other folds: the outcome is regressed on this
 * column's levels and the controls, and each level's propensity on the controls by logistic
 * regression with penalty 1 on weights of 0/1 columns. Propensities are clipped from below at a
 * tenth of the level's share, so that no post counts more than ten times as in a plain mean. The
 * interval comes from the influence function, summed by group, with Welch-Satterthwaite degrees of
 * freedom: each level's weighted residuals count as its effective sample less one, at least one.
 *
 * <p><b>Controls</b> are all other columns, and the numbers of the posts where there are any. An
 * embedding must not be given as numbers lightly: <em>it contains the treatment</em>. A red car is
 * visible in it, so a propensity from it reaches 0 and 1, no posts are left that differ in the tag
 * alone, and the outcome model can explain the effect away. Give it ({@link TaggedPosts#with}, by
 * way of {@link PrincipalScores}) only to see whether the answer hinges on what the tags leave out;
 * the overlap diagnostics then often refuse, and rightly.
 *
 * <p>Refused when the level or the reference is worth fewer than ten groups after weighting, or
 * when more than a fifth of the posts had to be clipped.
 */
public final class DoubleMl implements TagEstimator {
  private static final int FOLDS = 5;
  static final double PENALTY = 1;
  private static final double LEAST_EFFECTIVE = 10;
  private static final double MOST_CLIPPED = .2;

  private final Trainer outcome;
  private final double level;
  private final long seed;

  /**
   * @param outcome trainer of the outcome regression
   * @param level coverage that intervals aim at
   * @param seed of the folds
   */
  public DoubleMl(Trainer outcome, double level, long seed) {
    this.outcome = requireNonNull(outcome, "outcome is null");
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level is %s; expected within 0 and 1".formatted(level));
    }
    this.level = level;
    this.seed = seed;
  }

  /** Ridge as outcome regression, 95 % intervals. */
  public static DoubleMl standard(long seed) {
    return new DoubleMl(Ridge.chosen(), .95, seed);
  }

  @Override
  public String name() {
    return "double-ml";
  }

  @Override
  public List<TagEffect> estimate(
      TaggedPosts posts, List<TagContrast> contrasts, RunContext context) {
    Map<TagContrast, Optional<String>> refusals = new LinkedHashMap<>();
    Optional<String> unable =
        posts.weights().length == 0
            ? Optional.empty()
            : Optional.of("posts count differently, which double machine learning cannot take");
    contrasts.forEach(contrast -> refusals.put(contrast, unable.or(() -> posts.refusal(contrast))));
    Map<String, TreeSet<String>> needed = new LinkedHashMap<>();
    refusals.forEach(
        (contrast, refusal) -> {
          if (refusal.isEmpty()) {
            TreeSet<String> levels =
                needed.computeIfAbsent(contrast.column(), name -> new TreeSet<>());
            levels.add(contrast.level());
            levels.addAll(contrast.against());
          }
        });
    Map<String, CrossFit> fits = new HashMap<>();
    needed.forEach(
        (column, levels) ->
            fits.put(column, crossFit(posts, column, List.copyOf(levels), context)));
    return contrasts.stream()
        .map(
            contrast ->
                refusals
                    .get(contrast)
                    .map(
                        reason ->
                            TagEffect.refused(contrast, reason, Diagnostics.of(posts, contrast)))
                    .orElseGet(() -> effect(posts, contrast, fits.get(contrast.column()))))
        .toList();
  }

  private CrossFit crossFit(
      TaggedPosts posts, String column, List<String> levels, RunContext context) {
    Folds folds = Folds.grouped(posts.groups(), FOLDS, Seeds.derive(seed, "double-ml"));
    return CrossFit.of(posts, posts.column(column).orElseThrow(), levels, outcome, folds, context);
  }

  private TagEffect effect(TaggedPosts posts, TagContrast contrast, CrossFit fit) {
    TagEffect.Overlap overlap = fit.overlap(contrast);
    Estimate negativeControl = fit.estimate(contrast, CrossFit.Outcome.POST_BEFORE, level);
    Diagnostics diagnostics =
        Diagnostics.of(posts, contrast).with(overlap, Optional.of(negativeControl));
    return refusal(overlap)
        .map(reason -> TagEffect.refused(contrast, reason, diagnostics))
        .orElseGet(
            () ->
                TagEffect.of(
                    contrast, fit.estimate(contrast, CrossFit.Outcome.TARGET, level), diagnostics));
  }

  private static Optional<String> refusal(TagEffect.Overlap overlap) {
    if (overlap.effectiveSample() < LEAST_EFFECTIVE
        || overlap.effectiveReference() < LEAST_EFFECTIVE) {
      return Optional.of(
          "after weighting the level is worth %.1f groups of posts and its reference %.1f; %.0f are needed"
              .formatted(overlap.effectiveSample(), overlap.effectiveReference(), LEAST_EFFECTIVE));
    }
    if (overlap.clipped() > MOST_CLIPPED) {
      return Optional.of(
          "%.0f %% of the posts are such as hardly ever have the level or its reference; at most %.0f %% may be"
              .formatted(100 * overlap.clipped(), 100 * MOST_CLIPPED));
    }
    return Optional.empty();
  }
}
