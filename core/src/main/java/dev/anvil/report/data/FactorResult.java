package dev.anvil.report.data;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import java.util.List;
import java.util.Optional;

/**
 * What was found for one factor.
 *
 * @param factor its name in the study, for example {@code colour}
 * @param title as a heading, for example {@code Vehicle colour}
 * @param control what the null edit leaves alone, ending a sentence after "the same pictures with",
 *     for example {@code the car left as it is}
 * @param effects none of them a placebo; shown from the largest gain to the largest loss
 * @param strips pictures, one strip per source creative; may be empty
 * @param corrected how the labels of posts were inferred, where the effects are corrected by the
 *     residuals of posts with the level
 */
public record FactorResult(
    String factor,
    String title,
    String control,
    List<EffectResult> effects,
    List<PictureStrip> strips,
    Optional<String> corrected) {
  public FactorResult {
    requireNonNull(factor, "factor is null");
    requireNonNull(title, "title is null");
    requireNonNull(control, "control is null");
    requireNonNull(corrected, "corrected is null");
    effects = List.copyOf(effects);
    strips = List.copyOf(strips);
    for (EffectResult result : effects) {
      if (result.effect().placebo()) {
        throw new IllegalArgumentException(
            "%s has the placebo %s; give it to the report's placebos"
                .formatted(factor, result.effect().level()));
      }
    }
  }

  /** As the model sees it, nothing corrected. */
  public FactorResult(
      String factor,
      String title,
      String control,
      List<EffectResult> effects,
      List<PictureStrip> strips) {
    this(factor, title, control, effects, strips, Optional.empty());
  }

  /** From the largest gain to the largest loss. */
  public List<EffectResult> sorted() {
    return effects.stream()
        .sorted(comparingDouble(result -> -result.effect().relative().point()))
        .toList();
  }

  /** What is compared: the level, with its reference where the factor has several. */
  public String label(Effect effect) {
    if (effect.reference().equals(StudySpec.SUM)) {
      return "beyond the sum";
    }
    if (effect.reference().equals(control)) {
      return effect.level();
    }
    long references =
        effects.stream().map(result -> result.effect().reference()).distinct().count();
    return references > 1 ? effect.level() + " vs " + effect.reference() : effect.level();
  }
}
