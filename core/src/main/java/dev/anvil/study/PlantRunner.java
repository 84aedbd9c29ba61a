package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.Planter;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.PlantBars;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.plant.PlantResult.Bar;
import dev.anvil.study.plant.PlantResult.Identification;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.plant.Planting.Characteristic;
import dev.anvil.study.plant.Planting.PlantedModel;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plants effects of known size in the posts that a model was fitted to, and looks for them on the
 * unseen variants of a study: as an experiment of its own, or to calibrate a study's effects
 * (docs/method.md section 4).
 */
public final class PlantRunner {
  private final FittedModel model;
  private final StudyRunner studies;
  private final int threads;

  /**
   * A runner for one fitted model.
   *
   * @param studies of the same model; makes the pictures
   * @param threads that refits are fitted with
   */
  public PlantRunner(FittedModel model, StudyRunner studies, int threads) {
    this.model = requireNonNull(model, "model is null");
    this.studies = requireNonNull(studies, "studies is null");
    this.threads = threads;
  }

  /**
   * What to plant.
   *
   * @param factor of the study
   * @param level of the factor
   * @param rule by which posts with the level are found; empty for the study's own
   * @param truth by which posts truly have it, to see how right the rule is
   * @param times the mean metric that is added, none of them 0
   */
  public record Request(
      String factor,
      String level,
      Optional<LabelRule> rule,
      Optional<LabelRule> truth,
      List<Double> times) {
    public Request {
      requireNonNull(factor, "factor is null");
      requireNonNull(level, "level is null");
      requireNonNull(rule, "rule is null");
      requireNonNull(truth, "truth is null");
      times = List.copyOf(times);
      if (times.isEmpty() || times.stream().anyMatch(k -> k == 0 || !Double.isFinite(k))) {
        throw new InvalidInputException(
            "factors", "found %s; expected numbers other than 0".formatted(times));
      }
    }
  }

  /**
   * Plants effects in posts with one level of a factor.
   *
   * @param folder paths in the study are relative to it
   * @param posts that the model was fitted to
   * @throws InvalidInputException when the study has no such contrast, or the level no rule
   */
  public PlantResult plant(
      StudySpec spec, Path folder, List<Post> posts, Request request, RunContext context) {
    Factor factor = factor(spec, request);
    LabelRule rule =
        request
            .rule()
            .or(() -> factor.rule(request.level()))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "factor %s, level %s".formatted(factor.name(), request.level()),
                        "has no label rule; expected how posts with it are recognised, in the study"
                            + " or as an option"));
    StudyPictures pictures = studies.pictures(spec, folder, posts, context);
    Planter planter = planter(posts, context);
    Planting planting = new Planting(model, planter, pictures);
    Characteristic what =
        characteristic(planter, pictures, factor, request.level(), rule, posts, context);
    List<PlantedModel> sizes = new ArrayList<>();
    for (double times : request.times()) {
      sizes.add(planting.plant(what, times, context));
    }
    PlantBars figure = new PlantBars(planter, posts, EstimationSettings.of(spec));
    List<Bar> bars =
        new ArrayList<>(
            figure.of(0, what, planting.base(), model.refits(), model.transform(), context));
    for (PlantedModel size : sizes) {
      bars.addAll(
          figure.of(
              size.times(),
              what,
              size.scores(),
              size.planted().refits(),
              size.planted().transform(),
              context));
      size.planted().close();
    }
    return new PlantResult(
        spec.name(),
        factor.name(),
        request.level(),
        rule,
        count(planter.plantable()),
        count(what.onPosts()),
        request
            .truth()
            .map(
                truth ->
                    Identification.of(
                        what.onPosts(),
                        and(
                            planter.plantable(),
                            studies.labels().find(truth, factor, posts, context)))),
        sizes.stream().map(size -> planting.result(what, size)).toList(),
        planting.recovery(planting.samples(what, sizes)),
        bars);
  }

  /**
   * Calibrates every contrast of a study.
   *
   * @return one per declared contrast, in the study's order; placebos are left out
   */
  public List<Calibration> calibrate(
      StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    StudyPictures pictures = studies.pictures(spec, folder, posts, context);
    Planter planter = planter(posts, context);
    Planting planting = new Planting(model, planter, pictures);
    List<Differences> contrasts =
        new PreparedStudy(pictures, Map.of(), KnownLabels.NONE, EstimationSettings.of(spec))
            .score(model, posts, context).contrasts().stream().filter(d -> !d.placebo()).toList();
    List<Calibration> calibrations = new ArrayList<>();
    try (Phase phase = context.start("calibrate", contrasts.size())) {
      for (Differences contrast : contrasts) {
        Factor factor =
            spec.factors().stream()
                .filter(f -> f.name().equals(contrast.factor()))
                .findFirst()
                .orElseThrow();
        Optional<LabelRule> rule = factor.rule(contrast.level());
        calibrations.add(
            rule.isEmpty()
                ? Calibration.refused(contrast, rule, 0, "no label rule finds posts with it")
                : planting.calibrate(
                    contrast,
                    characteristic(
                        planter,
                        pictures,
                        factor,
                        contrast.level(),
                        rule.get(),
                        posts,
                        phase.context()),
                    phase.context()));
        phase.step(1);
      }
    }
    return calibrations;
  }

  private Planter planter(List<Post> posts, RunContext context) {
    return Planter.of(
        model,
        LearnedPosts.of(model, posts, studies.encoder().encode(posts, context)),
        threads,
        context);
  }

  private Characteristic characteristic(
      Planter planter,
      StudyPictures pictures,
      Factor factor,
      String level,
      LabelRule rule,
      List<Post> posts,
      RunContext context) {
    List<Post> sources = pictures.sources().stream().map(Source::post).toList();
    return new Characteristic(
        factor,
        level,
        rule,
        and(planter.plantable(), studies.labels().find(rule, factor, posts, context)),
        studies.labels().find(rule, factor, sources, RunContext.NONE));
  }

  private static Factor factor(StudySpec spec, Request request) {
    List<String> names = spec.factors().stream().map(Factor::name).toList();
    Factor factor =
        spec.factors().stream()
            .filter(f -> f.name().equals(request.factor()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "factor",
                        "found \"%s\"; expected one of %s".formatted(request.factor(), names)));
    List<String> levels = new ArrayList<>(factor.levels().keySet());
    levels.remove(factor.reference());
    if (!levels.contains(request.level())) {
      throw new InvalidInputException(
          "level",
          "found \"%s\"; expected one of %s, which are compared with %s"
              .formatted(request.level(), levels, factor.reference()));
    }
    return factor;
  }

  private static boolean[] and(boolean[] a, boolean[] b) {
    boolean[] both = new boolean[a.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = a[i] && b[i];
    }
    return both;
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
