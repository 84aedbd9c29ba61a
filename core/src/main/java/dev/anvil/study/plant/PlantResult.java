package dev.anvil.study.plant;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.spec.LabelRule;
import java.util.List;
import java.util.Optional;

/**
 * What a model shows of effects that were planted in posts with a characteristic (docs/method.md
 * section 4.1; the paper's Figures 1, 2 and 7 and Table II).
 *
 * @param study name of the study whose pictures were scored
 * @param factor of the characteristic
 * @param level the characteristic
 * @param rule by which posts with it were found
 * @param posts that could be planted on
 * @param marked of these, posts that were found to have it
 * @param identification how right that was, where the truth is known
 * @param plantings one per size, in the order asked for
 * @param recovery of the contrast of the level itself
 * @param bars mean predictions before and after
 */
public record PlantResult(
    String study,
    String factor,
    String level,
    @JsonAlias("mark") LabelRule rule,
    int posts,
    int marked,
    Optional<Identification> identification,
    List<Planting> plantings,
    Recovery recovery,
    List<Bar> bars) {
  public PlantResult {
    requireNonNull(study, "study is null");
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(identification, "identification is null");
    plantings = List.copyOf(plantings);
    requireNonNull(recovery, "recovery is null");
    bars = List.copyOf(bars);
  }

  /**
   * Posts found against posts that truly have the characteristic.
   *
   * @param found posts found
   * @param truth posts that have it
   * @param both posts found that have it
   */
  public record Identification(int found, int truth, int both) {
    public static Identification of(boolean[] found, boolean[] truth) {
      int[] counts = new int[3];
      for (int i = 0; i < found.length; i++) {
        counts[0] += found[i] ? 1 : 0;
        counts[1] += truth[i] ? 1 : 0;
        counts[2] += found[i] && truth[i] ? 1 : 0;
      }
      return new Identification(counts[0], counts[1], counts[2]);
    }

    /** Share of the posts found that have it; NaN when none was found. */
    public double precision() {
      return (double) both / found;
    }

    /** Share of the posts that have it that were found; NaN when none has it. */
    public double recall() {
      return (double) both / truth;
    }
  }

  /**
   * One size.
   *
   * @param times the mean metric
   * @param amount that was added to the metric
   * @param shift of the target of posts with the characteristic, against the others
   * @param contrasts every contrast of the study
   * @param placebos every placebo of the study
   */
  public record Planting(
      double times,
      double amount,
      double shift,
      List<Recovered> contrasts,
      List<Recovered> placebos) {
    public Planting {
      contrasts = List.copyOf(contrasts);
      placebos = List.copyOf(placebos);
    }
  }

  /**
   * What came back in one contrast.
   *
   * @param planted what a perfect model would show, in training standard deviations
   * @param effect planted less base: on the target's scale, and of the relative effects
   */
  public record Recovered(double planted, Effect effect) {
    public Recovered {
      requireNonNull(effect, "effect is null");
    }

    /** Whether the effect surely moved the way of {@code sign} although it should not have. */
    public boolean follows(double sign) {
      return effect.verdict() == (sign > 0 ? Verdict.HELPS : Verdict.HURTS);
    }

    /** Whether the effect surely stayed within the smallest one of interest. */
    public boolean staysNil() {
      return effect.equivalenceP() < EstimationSettings.DEFAULT.alpha()
          || effect.verdict() == Verdict.NO_PRACTICAL_EFFECT;
    }
  }

  /**
   * A mean prediction.
   *
   * @param times of what was planted; 0 for the model in use
   * @param pictures a level of the factor, {@link #WITH} or {@link #OTHERS}
   * @param count of sources or posts
   * @param target on the target's scale
   * @param metric on the metric's own scale
   */
  public record Bar(double times, String pictures, int count, Interval target, Interval metric) {
    /** Posts, as published, that have the characteristic. */
    public static final String WITH = "posts with it";

    /** Posts, as published, that do not have it. */
    public static final String OTHERS = "other posts";

    public Bar {
      requireNonNull(pictures, "pictures is null");
      requireNonNull(target, "target is null");
      requireNonNull(metric, "metric is null");
    }
  }
}
