package dev.anvil.study.plant;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.LabelRule;
import java.util.Optional;

/**
 * An effect divided by the slope at which planted effects of the very same contrast come back
 * (docs/method.md section 4.2).
 *
 * @param factor of the contrast
 * @param level of the contrast
 * @param reference of the contrast
 * @param rule by which posts with the level were found, where there is one
 * @param posts that were found
 * @param recovery of planted effects, where some could be planted
 * @param target the calibrated effect in training standard deviations; its interval holds the
 *     uncertainty of effect and slope. Empty where it is refused
 * @param relative the same on the metric's own scale, as a ratio minus one
 * @param reason why there is no calibrated effect; empty where there is one
 */
public record Calibration(
    String factor,
    String level,
    String reference,
    @JsonAlias("mark") Optional<LabelRule> rule,
    int posts,
    Optional<Recovery> recovery,
    Optional<Interval> target,
    Optional<Interval> relative,
    String reason) {
  /** A slope that may be this small is too weak to divide by. */
  public static final double WEAKEST_SLOPE = .2;

  public Calibration {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(recovery, "recovery is null");
    requireNonNull(target, "target is null");
    requireNonNull(relative, "relative is null");
    requireNonNull(reason, "reason is null");
  }

  public static Calibration refused(
      Differences effect, Optional<LabelRule> rule, int posts, String reason) {
    return refused(effect, rule, posts, Optional.empty(), reason);
  }

  static Calibration refused(
      Differences effect,
      Optional<LabelRule> rule,
      int posts,
      Optional<Recovery> recovery,
      String reason) {
    return new Calibration(
        effect.factor(),
        effect.level(),
        effect.reference(),
        rule,
        posts,
        recovery,
        Optional.empty(),
        Optional.empty(),
        reason);
  }

  /** Whether this is the calibration of an effect. */
  public boolean isOf(Effect effect) {
    return factor.equals(effect.factor())
        && level.equals(effect.level())
        && reference.equals(effect.reference());
  }
}
