package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.stats.Homogeneity;
import dev.anvil.stats.Interval;
import dev.anvil.stats.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One effect of a study, estimated anew in each period.
 *
 * <p>Periods have other posts and the same variants. What the variants have to do with an estimate
 * is therefore in all of them alike, and errors correlate positively if at all: the test of no
 * change is at most too cautious.
 *
 * @param factor what is varied
 * @param level the edited value
 * @param reference the level compared with
 * @param points one per period, oldest first
 * @param p of differences between periods as large, were there no change; empty where periods
 *     cannot be compared, since the model's shrinkage in each is not corrected
 * @param changed whether the effect changed, all effects of the study considered
 */
public record EffectHistory(
    String factor,
    String level,
    String reference,
    List<Point> points,
    Optional<Double> p,
    boolean changed) {
  private static final double ALPHA = .05;

  /**
   * In one period.
   *
   * @param period its name
   * @param effect on the metric's own scale, as a ratio minus one, with its interval; without
   *     bounds where nothing can be said
   * @param corrected whether the model's shrinkage is corrected
   */
  public record Point(String period, Interval effect, boolean corrected) {
    private boolean isComparable() {
      return corrected && Double.isFinite(effect.width()) && effect.width() > 0;
    }

    private double error() {
      return effect.width() / (2 * Normal.quantile((1 + effect.level()) / 2));
    }
  }

  public EffectHistory {
    requireNonNull(p, "p is null");
    points = List.copyOf(points);
  }

  /**
   * The effect in a period; empty where there is none that can be shown beside those of other
   * periods, see {@link #shrunken}.
   */
  public Optional<Interval> at(EffectPeriod period) {
    return points.stream()
        .filter(point -> point.period().equals(period.name()))
        .filter(point -> !shrunken().contains(point.period()))
        .map(Point::effect)
        .findFirst();
  }

  /**
   * Periods in which the model's shrinkage is not corrected though it is in others: their effects
   * would seem smaller, and surer, than they are.
   */
  public List<String> shrunken() {
    return points.stream().noneMatch(Point::corrected)
        ? List.of()
        : points.stream().filter(point -> !point.corrected()).map(Point::period).toList();
  }

  /** One effect by itself. */
  public static EffectHistory of(
      String factor, String level, String reference, List<Point> points) {
    List<Point> compared = points.stream().filter(Point::isComparable).toList();
    Optional<Double> p =
        compared.size() < 2
            ? Optional.empty()
            : Optional.of(
                Homogeneity.of(
                        compared.stream().mapToDouble(c -> c.effect().point()).toArray(),
                        compared.stream().mapToDouble(Point::error).toArray())
                    .p());
    return new EffectHistory(factor, level, reference, points, p, false);
  }

  /** The same effects, of which those are called changed that are so with all considered. */
  public static List<EffectHistory> judged(List<EffectHistory> all) {
    List<EffectHistory> tested = all.stream().filter(h -> h.p().isPresent()).toList();
    double[] adjusted =
        BenjaminiHochberg.adjust(tested.stream().mapToDouble(h -> h.p().orElseThrow()).toArray());
    List<EffectHistory> judged = new ArrayList<>();
    for (EffectHistory h : all) {
      int at = tested.indexOf(h);
      judged.add(
          new EffectHistory(
              h.factor(),
              h.level(),
              h.reference(),
              h.points(),
              h.p(),
              at >= 0 && adjusted[at] < ALPHA));
    }
    return judged;
  }
}
