package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.Seeds;
import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.HierarchicalBootstrap.Estimate;
import dev.anvil.stats.Interval;
import dev.anvil.stats.MeanVariance;
import dev.anvil.stats.Power;
import dev.anvil.stats.Tost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Makes effects of differences (docs/method.md section 3): point, interval, p, correction,
 * equivalence and verdict.
 *
 * <p>The verdict is the first of these that holds:
 *
 * <ol>
 *   <li><b>invalid</b>: fewer sources with a value than the minimum. Such a contrast does not take
 *       part in the correction; its p values are 1.
 *   <li><b>no practical effect</b>: every difference is exactly zero, so the predictor does not see
 *       the edit at all. p is 1.
 *   <li><b>helps</b> or <b>hurts</b>, by the sign on the target's scale: the adjusted p is below
 *       alpha, and the interval on the metric's own scale leaves out zero. This goes before
 *       equivalence because a predictor shrinks effects (docs/method.md section 4): a small one
 *       that is surely there must not be called nil.
 *   <li><b>no practical effect</b>: the equivalence test on the metric's own scale, against the
 *       smallest effect of interest, has p below alpha.
 *   <li><b>not resolved</b>: neither; the number of sources needed is then given.
 * </ol>
 *
 * <p>Declared contrasts are corrected together, placebos among themselves: a placebo is a check on
 * the study, not one of its claims. Differences that all agree exactly have no variance to judge
 * by; their p is that of a sign test over sources.
 */
public final class EffectEstimator {
  private static final double POWER = .8;

  private final EstimationSettings settings;

  public EffectEstimator(EstimationSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** A contrast with its estimates, empty when it has fewer than two sources. */
  private record Estimated(
      Differences differences, Optional<Estimate> target, Optional<Estimate> relative, int n) {}

  /**
   * Estimates the contrasts of one study, which are corrected together.
   *
   * @param study all declared contrasts, placebos included; may be empty
   * @return one effect per contrast, in the same order
   */
  public List<Effect> estimate(List<Differences> study) {
    return estimate(study, Map.of());
  }

  /**
   * Estimates contrasts of which some are drawn towards zero.
   *
   * @param kept by factor, how much of an effect is at least left in its estimate, above 0 and at
   *     most 1, which is taken for factors that are missing; an effect is equivalent to none only
   *     if it were so without the loss
   */
  public List<Effect> estimate(List<Differences> study, Map<String, Double> kept) {
    List<Estimated> estimated = study.stream().map(this::estimated).toList();
    double[] adjusted = new double[estimated.size()];
    adjust(estimated, false, adjusted);
    adjust(estimated, true, adjusted);
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Differences contrast = study.get(i);
      double left = contrast.placebo() ? 1 : kept.getOrDefault(contrast.factor(), 1.0);
      effects.add(effect(estimated.get(i), adjusted[i], left * settings.smallestEffect()));
    }
    return List.copyOf(effects);
  }

  private Estimated estimated(Differences d) {
    int n = d.usableSources();
    if (n < 2) {
      return new Estimated(d, Optional.empty(), Optional.empty(), n);
    }
    long seed = Seeds.derive(settings.seed(), d.factor(), d.level(), d.reference());
    return new Estimated(
        d,
        Optional.of(
            HierarchicalBootstrap.estimate(
                d.target(),
                d.resampled().target(),
                d.resampled().disagreement().target(),
                settings.draws(),
                seed)),
        Optional.of(
            HierarchicalBootstrap.estimate(
                d.relative(),
                d.resampled().relative(),
                d.resampled().disagreement().relative(),
                settings.draws(),
                seed)),
        n);
  }

  /**
   * What each contrast would find with another number of sources, by how it varies among these.
   *
   * @param study contrasts of a pilot
   */
  public List<Detectable> detectable(List<Differences> study, int sources) {
    return study.stream()
        .map(this::estimated)
        .map(
            e ->
                new Detectable(
                    e.differences.factor(),
                    e.differences.level(),
                    e.differences.reference(),
                    e.n,
                    e.relative
                        .map(r -> minimumDetectable(r.variance().withSources(sources)))
                        .map(OptionalDouble::of)
                        .orElseGet(OptionalDouble::empty)))
        .toList();
  }

  private double minimumDetectable(MeanVariance variance) {
    return new Power(settings.alpha() * settings.share(), POWER)
        .minimumDetectable(variance.standardError(), variance.degreesOfFreedom());
  }

  /** A p that stays below alpha only where it is below what this analysis may spend. */
  private double spent(double p) {
    return Math.min(1, p / settings.share());
  }

  private boolean valid(Estimated estimated) {
    return estimated.n >= settings.minimumSources();
  }

  private void adjust(List<Estimated> all, boolean placebo, double[] into) {
    List<Integer> family = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).differences.placebo() == placebo) {
        into[i] = 1;
        if (valid(all.get(i))) {
          family.add(i);
        }
      }
    }
    double[] p =
        family.stream()
            .mapToDouble(i -> spent(all.get(i).target.orElseThrow().distribution().p()))
            .toArray();
    double[] adjusted = BenjaminiHochberg.adjust(p);
    for (int k = 0; k < p.length; k++) {
      into[family.get(k)] = adjusted[k];
    }
  }

  private Effect effect(Estimated estimated, double adjustedP, double smallestEffect) {
    if (estimated.target.isEmpty()) {
      return withoutEstimate(estimated.differences, estimated.n);
    }
    Differences d = estimated.differences;
    Estimate target = estimated.target.orElseThrow();
    Estimate relative = estimated.relative.orElseThrow();
    boolean valid = valid(estimated);
    double p = valid ? target.distribution().p() : 1;
    double equivalenceP = valid ? spent(Tost.of(relative.distribution(), smallestEffect).p()) : 1;
    Verdict verdict = verdict(valid, target, relative, adjustedP, equivalenceP);
    return new Effect(
        d.factor(),
        d.level(),
        d.reference(),
        d.placebo(),
        target.sources(),
        target.seeds(),
        target.refits(),
        target.distribution().interval(settings.level()),
        relative.distribution().interval(settings.level()),
        p,
        adjustedP,
        equivalenceP,
        verdict,
        split(target.variance()),
        minimumDetectable(relative.variance()),
        verdict == Verdict.NOT_RESOLVED
            ? sourcesToResolve(relative, p, adjustedP)
            : OptionalInt.empty());
  }

  private Verdict verdict(
      boolean valid, Estimate target, Estimate relative, double adjustedP, double equivalenceP) {
    if (!valid) {
      return Verdict.INVALID;
    }
    if (isNil(target) && isNil(relative)) {
      return Verdict.NO_PRACTICAL_EFFECT;
    }
    Interval metric = relative.distribution().interval(settings.level());
    boolean clear = metric.low() > 0 || metric.high() < 0;
    if (adjustedP < settings.alpha() && clear) {
      return target.distribution().point() > 0 ? Verdict.HELPS : Verdict.HURTS;
    }
    return equivalenceP < settings.alpha() ? Verdict.NO_PRACTICAL_EFFECT : Verdict.NOT_RESOLVED;
  }

  private static boolean isNil(Estimate estimate) {
    return estimate.variance().total() == 0 && estimate.distribution().point() == 0;
  }

  /** At the error that the correction left to this contrast; more than there are now. */
  private OptionalInt sourcesToResolve(Estimate relative, double p, double adjustedP) {
    double alpha = p == 0 ? settings.alpha() : settings.alpha() * p / adjustedP;
    OptionalInt needed =
        new Power(alpha, POWER)
            .sourcesToResolve(
                relative.distribution().point(), settings.smallestEffect(), relative.variance());
    return needed.isEmpty()
        ? needed
        : OptionalInt.of(Math.max(needed.getAsInt(), relative.sources() + 1));
  }

  private static VarianceSplit split(MeanVariance variance) {
    double total = variance.total();
    return total == 0
        ? new VarianceSplit(0, 0, 0)
        : new VarianceSplit(
            variance.source() / total,
            variance.seed() / total,
            (variance.refit() + variance.interaction() + variance.training()) / total);
  }

  /** Nothing is known of the effect: the intervals are the whole line. */
  private Effect withoutEstimate(Differences d, int sources) {
    Interval anything =
        new Interval(Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, settings.level());
    return new Effect(
        d.factor(),
        d.level(),
        d.reference(),
        d.placebo(),
        sources,
        0,
        0,
        anything,
        anything,
        1,
        1,
        1,
        Verdict.INVALID,
        new VarianceSplit(0, 0, 0),
        Double.POSITIVE_INFINITY,
        OptionalInt.empty());
  }
}
