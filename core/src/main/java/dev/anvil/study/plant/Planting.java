package dev.anvil.study.plant;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.Planter;
import dev.anvil.predict.Planter.Planted;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.MetricScale;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.plant.PlantResult.Recovered;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Plants effects in a model's posts and measures them on the variants of a study. */
public final class Planting {
  /** Small sizes of both signs, in mean metrics: shrinkage is to be that of effects as they are. */
  private static final double[] SMALL = {-.3, -.15, .15, .3};

  private final FittedModel model;
  private final Planter planter;
  private final StudyPictures pictures;
  private final EstimationSettings settings;
  private final ScoreTable base;

  /**
   * A characteristic.
   *
   * @param rule by which it was found
   * @param onPosts whether each post has it
   * @param onSources whether each source of the study has it
   */
  public record Characteristic(
      Factor factor, String level, LabelRule rule, boolean[] onPosts, boolean[] onSources) {}

  public Planting(FittedModel model, Planter planter, StudyPictures pictures) {
    this.model = requireNonNull(model, "model is null");
    this.planter = requireNonNull(planter, "planter is null");
    this.pictures = requireNonNull(pictures, "pictures is null");
    this.settings = EstimationSettings.of(pictures.spec());
    this.base = pictures.score(model.refits(), model.transform());
  }

  /** A planted model and its scores. */
  public record PlantedModel(double times, Planted planted, ScoreTable scores) {}

  /** Plants one size. */
  public PlantedModel plant(Characteristic what, double times, RunContext context) {
    Planted planted = planter.plant(what.onPosts(), times, context);
    return new PlantedModel(times, planted, pictures.score(planted.refits(), planted.transform()));
  }

  /** One size in the words of the result. */
  public PlantResult.Planting result(Characteristic what, PlantedModel planted) {
    List<Differences> before = pictures.contrasts(base);
    List<Differences> after = pictures.contrasts(planted.scores());
    List<Differences> recovered =
        IntStream.range(0, before.size()).mapToObj(c -> after.get(c).minus(before.get(c))).toList();
    List<Effect> effects = new EffectEstimator(settings).estimate(recovered);
    List<Recovered> contrasts = new ArrayList<>();
    List<Recovered> placebos = new ArrayList<>();
    for (int c = 0; c < effects.size(); c++) {
      Differences contrast = recovered.get(c);
      (contrast.placebo() ? placebos : contrasts)
          .add(new Recovered(planted.planted().shift() * exposure(what, contrast), effects.get(c)));
    }
    return new PlantResult.Planting(
        planted.times(),
        planted.times() * planter.mean(),
        planted.planted().shift(),
        contrasts,
        placebos);
  }

  /** What came back of several sizes in the contrast of the level itself. */
  public List<Recovery.Sample> samples(Characteristic what, List<PlantedModel> sizes) {
    Differences before = contrast(what, base);
    List<Recovery.Sample> samples = new ArrayList<>();
    for (PlantedModel size : sizes) {
      Differences recovered = contrast(what, size.scores()).minus(before);
      samples.add(
          new Recovery.Sample(
              size.times(), size.planted().shift() * exposure(what, recovered), recovered));
    }
    return samples;
  }

  private static Differences contrast(Characteristic what, ScoreTable scores) {
    return scores.differences(what.factor(), false).stream()
        .filter(contrast -> contrast.level().equals(what.level()))
        .findFirst()
        .orElseThrow();
  }

  public Recovery recovery(List<Recovery.Sample> samples) {
    return Recovery.of(samples, settings);
  }

  /**
   * Which share of what is planted a perfect model would show in a contrast: variants of the level
   * have the characteristic, those of other levels do not, and a source may have it already.
   */
  private static double exposure(Characteristic what, Differences contrast) {
    Factor factor = what.factor();
    if (!contrast.factor().equals(factor.name()) || contrast.placebo()) {
      return 0;
    }
    double compared =
        switch (contrast.reference()) {
          case StudySpec.CONTROL ->
              IntStream.range(0, what.onSources().length)
                  .filter(contrast::isUsable)
                  .mapToDouble(i -> what.onSources()[i] ? 1 : 0)
                  .average()
                  .orElse(0);
          case StudySpec.AVERAGE ->
              factor.levels().keySet().stream()
                  .mapToDouble(level -> has(what, level))
                  .average()
                  .orElseThrow();
          default -> has(what, contrast.reference());
        };
    return has(what, contrast.level()) - compared;
  }

  /** Levels with the same rule cannot be distinguished when effects are planted. */
  private static double has(Characteristic what, String level) {
    return level.equals(what.level()) || what.factor().rule(level).equals(Optional.of(what.rule()))
        ? 1
        : 0;
  }

  /**
   * Calibrates the contrast of a level.
   *
   * @param effect the contrast by the model in use
   */
  public Calibration calibrate(Differences effect, Characteristic what, RunContext context) {
    Optional<LabelRule> rule = Optional.of(what.rule());
    boolean[] plantable = planter.plantable();
    int posts = (int) IntStream.range(0, plantable.length).filter(i -> what.onPosts()[i]).count();
    int with = (int) IntStream.of(planter.fitRows()).filter(i -> what.onPosts()[i]).count();
    int without = planter.fitRows().length - with;
    if (Math.min(with, without) < settings.minimumSources()) {
      return Calibration.refused(
          effect,
          rule,
          posts,
          "%d posts have it and %d do not; %d of each are needed"
              .formatted(with, without, settings.minimumSources()));
    }
    if (effect.usableSources() < settings.minimumSources()) {
      return Calibration.refused(effect, rule, posts, "too few sources");
    }
    List<PlantedModel> sizes = new ArrayList<>();
    List<Recovery.Sample> samples;
    try {
      for (double k : SMALL) {
        sizes.add(plant(what, k, context));
      }
      samples = samples(what, sizes);
    } finally {
      sizes.forEach(size -> size.planted().close());
    }
    if (samples.stream().allMatch(s -> s.planted() == 0)) {
      return Calibration.refused(
          effect, rule, posts, "what it is compared with has the characteristic too");
    }
    Recovery recovery = recovery(samples);
    if (recovery.slope().low() <= Calibration.WEAKEST_SLOPE) {
      return Calibration.refused(
          effect, rule, posts, Optional.of(recovery), "too weak to calibrate");
    }
    Interval target =
        HierarchicalBootstrap.ratio(
            effect.target(),
            effect.resampled().target(),
            Recovery.slopes(samples),
            settings.draws(),
            settings.level(),
            Seeds.derive(settings.seed(), "calibrate", effect.factor(), effect.level()));
    return new Calibration(
        effect.factor(),
        effect.level(),
        effect.reference(),
        rule,
        posts,
        Optional.of(recovery),
        Optional.of(target),
        Optional.of(
            new MetricScale(model.transform(), pictures.sources(), base)
                .relative(what.factor(), what.level(), target)),
        "");
  }

  /** The scores of the model in use. */
  public ScoreTable base() {
    return base;
  }
}
