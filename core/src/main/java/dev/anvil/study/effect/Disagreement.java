package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.VarianceTerm;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much edits and posts disagree about what a level does to the model (docs/method.md section
 * 3.5).
 *
 * <p>A bias-corrected effect is right for any weight of the model if edits move the model as posts
 * that show the level do. Then the corrected effect and the effect that labels alone give, weight
 * 0, differ by noise only. What they differ by beyond noise, over the levels of a factor, is a
 * variance of its own: an editor whose level looks otherwise than on real posts, or posts that
 * differ in more than their labels.
 *
 * @param target variance on the target's scale
 * @param relative on the metric's own scale
 */
public record Disagreement(VarianceTerm target, VarianceTerm relative) {
  /** Not looked at. */
  public static final Disagreement NONE = new Disagreement(VarianceTerm.NONE, VarianceTerm.NONE);

  /** A variance of fewer degrees of freedom says next to nothing. */
  private static final int LEAST_DF = 2;

  public Disagreement {
    requireNonNull(target, "target is null");
    requireNonNull(relative, "relative is null");
  }

  /**
   * The contrasts of a study, by its own model and by each resampled one.
   *
   * @param own by the model
   * @param resampled by resample, the same contrasts
   */
  public record Contrasts(List<Differences> own, List<List<Differences>> resampled) {
    public Contrasts {
      own = List.copyOf(own);
      resampled = List.copyOf(resampled);
    }

    private List<Resampled> means() {
      return StudyPictures.resampled(resampled);
    }
  }

  /**
   * What models of resampled posts say of each contrast, with the disagreement of its factor.
   *
   * @param corrected with the model's weight
   * @param byLabels the same contrasts with weight 0
   */
  public static List<Resampled> of(StudySpec spec, Contrasts corrected, Contrasts byLabels) {
    List<Resampled> means = new ArrayList<>(corrected.means());
    if (means.isEmpty()) {
      return means;
    }
    for (Factor factor : spec.factors()) {
      int[] contrasts =
          IntStream.range(0, means.size())
              .filter(c -> corrected.own().get(c).factor().equals(factor.name()))
              .filter(c -> !corrected.own().get(c).placebo())
              .filter(c -> corrected.own().get(c).usableSources() > 1)
              .toArray();
      between(factor, contrasts, corrected, byLabels)
          .ifPresent(
              found ->
                  IntStream.of(contrasts).forEach(c -> means.set(c, means.get(c).with(found))));
    }
    return means;
  }

  private static Optional<Disagreement> between(
      Factor factor, int[] contrasts, Contrasts corrected, Contrasts byLabels) {
    int df = contrasts.length - (factor.reference().equals(StudySpec.AVERAGE) ? 1 : 0);
    if (df < LEAST_DF || factor.combines()) {
      return Optional.empty();
    }
    return Optional.of(
        new Disagreement(
            between(Scale.TARGET, contrasts, df, corrected, byLabels),
            between(Scale.RELATIVE, contrasts, df, corrected, byLabels)));
  }

  /** The squared differences beyond what noise makes of them. */
  private static VarianceTerm between(
      Scale scale, int[] contrasts, int df, Contrasts corrected, Contrasts byLabels) {
    double squares = 0;
    double noise = 0;
    for (int c : contrasts) {
      double[][][] beyond = scale.values(corrected.own().get(c).minus(byLabels.own().get(c)));
      double mean = HierarchicalBootstrap.mean(beyond);
      squares += mean * mean;
      noise +=
          HierarchicalBootstrap.variance(beyond, resampled(scale, c, corrected, byLabels)).total();
    }
    return new VarianceTerm(Math.max(0, squares / df - noise / contrasts.length), df);
  }

  private enum Scale {
    TARGET,
    RELATIVE;

    double[][][] values(Differences of) {
      return this == TARGET ? of.target() : of.relative();
    }
  }

  /** The mean difference by each resampled model with which both have a value. */
  private static double[] resampled(
      Scale scale, int contrast, Contrasts corrected, Contrasts byLabels) {
    return IntStream.range(0, corrected.resampled().size())
        .mapToObj(
            k ->
                corrected
                    .resampled()
                    .get(k)
                    .get(contrast)
                    .minus(byLabels.resampled().get(k).get(contrast)))
        .filter(beyond -> beyond.usableSources() > 0)
        .mapToDouble(beyond -> HierarchicalBootstrap.mean(scale.values(beyond)))
        .toArray();
  }
}
