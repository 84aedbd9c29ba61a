package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ForecastOutcome;
import dev.anvil.engine.request.CalibrateRequest;
import dev.anvil.engine.request.ForecastRequest;
import dev.anvil.engine.request.StarterRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.spec.StudySchema;
import dev.anvil.study.spec.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "study",
    description = {
      "Edit elements, score the variants and estimate the effects declared in a study file.",
      "Without a file, a first study for the campaign is written to the workspace and run."
    })
final class StudyCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..1", paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Optional<Path> file = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--init",
      description = "Write the first study, its plates and its label file, without running it.")
  boolean init;

  @Option(
      names = "--forecast",
      description =
          "Make a few creatives only, and estimate what the study will cost and what"
              + " it can find.")
  boolean forecast;

  @Option(
      names = "--calibrate",
      description =
          "Also calibrate: plant small effects in every contrast and divide the"
              + " effects by the recovered fraction.")
  boolean calibrate;

  @Option(
      names = "--schema",
      description = "Print the JSON Schema of study files, for code editors, and do nothing else.")
  boolean schema;

  @Mixin ModelOption model;

  @Mixin ClusterOptions cluster;

  @Override
  public Integer call() throws Exception {
    if (schema) {
      common.out().print(StudySchema.json());
      common.out().flush();
      return 0;
    }
    if (cluster.isOn() && (init || forecast)) {
      throw new ParameterException(
          common.spec.commandLine(), "--on runs a study; expected neither --init nor --forecast");
    }
    try (Anvil anvil = common.open()) {
      Path study = file.isPresent() && !init ? file.get() : starter(anvil);
      if (init) {
        common.print(
            Map.of("study", study.toString()),
            "Wrote %s. Read its comments, look at the plates and figures beside it, then run anvil study %s"
                .formatted(study, study));
        return 0;
      }
      StudyOnModel what =
          new StudyOnModel(StudyTexts.read(study, common.err()), model.run, segmenter.choice());
      if (forecast) {
        ForecastOutcome made = common.run(anvil, new ForecastRequest(what, ForecastRequest.USUAL));
        common.print(made, text(made));
        return 0;
      }
      StudyRequest request = new StudyRequest(what);
      StudyResult result =
          (cluster.isOn() ? cluster.run(anvil, request, common) : common.run(anvil, request))
              .result();
      if (calibrate) {
        List<Calibration> calibrations =
            common.run(anvil, new CalibrateRequest(what)).calibrations();
        Map<String, Object> json = StudyJson.of(result);
        json.put("calibrations", calibrations);
        common.print(json, table(result) + "\n" + CalibrationTable.text(result, calibrations));
      } else {
        common.print(StudyJson.of(result), table(result));
      }
      return 0;
    }
  }

  private static String text(ForecastOutcome made) {
    StringBuilder text = new StringBuilder();
    text.append(
        Tables.text(
            List.of("factor", "level", "against", "smallest effect found"),
            made.forecast().contrasts().stream()
                .map(
                    c ->
                        List.of(
                            c.factor(),
                            c.level(),
                            c.reference(),
                            c.effect().isPresent() ? half(c.effect().getAsDouble()) : "not known"))
                .toList()));
    text.append(
        String.format(
            Locale.ROOT,
            "%d creatives, %d pictures to make, %s%n",
            made.forecast().sources(),
            made.forecast().toMake(),
            made.seconds().isPresent()
                ? "about %.1f min".formatted(made.seconds().getAsDouble() / 60)
                : "in unknown time"));
    made.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.toString();
  }

  private Path starter(Anvil anvil) {
    Path target = file.orElse(anvil.settings().workspace().resolve("study.yaml"));
    return !init && Files.exists(target)
        ? target
        : common.run(anvil, new StarterRequest(model.run, target)).study();
  }

  static String table(StudyResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < result.effects().size(); i++) {
      Effect e = result.effects().get(i);
      rows.add(
          List.of(
              e.factor(),
              e.level(),
              e.reference(),
              Tables.percent(e.relative()),
              Tables.cell("%+.1f %%", 100 * result.uncorrected().get(i).relative().point()),
              Tables.cell("%.3f", e.adjustedP()),
              e.verdict().words()));
    }
    String head = Tables.cell("effect [%.3g %%]", 100 * result.effects().get(0).relative().level());
    StringBuilder text = new StringBuilder();
    result.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
    text.append(String.format("Effects on %s%n", result.spec().metric()));
    text.append(
        Tables.text(
            List.of("factor", "level", "against", head, "model's", "adj. p", "verdict"), rows));
    text.append(
        String.format(
            "%d creatives, %d pictures. These are effects on the model's prediction, not"
                + " proven on people.%n",
            result.sources().size(), result.pictures()));
    if (result.spec().sources().stop().isPresent()) {
      text.append(interimAnalyses(result));
    }
    for (StudySpec.Factor factor : result.spec().factors()) {
      text.append(
          String.format(
              "%s: %s%n",
              factor.name(),
              Optional.ofNullable(result.corrected().get(factor.name()))
                  .map(
                      how ->
                          "bias-corrected: half of the model's effect plus the mean residual of"
                              + " posts with the level; labels of posts: "
                              + how)
                  .orElse(
                      "not corrected, because it is unknown which posts show which level; usually"
                          + " too small, and no evidence that there is no effect")));
    }
    text.append(AccountTable.text(result.accounts()));
    return text.toString();
  }

  private static String interimAnalyses(StudyResult result) {
    StringBuilder text = new StringBuilder();
    for (StudyResult.InterimAnalysis analysis : result.interimAnalyses()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d creatives: widest interval %s (at %.2f %%)%n",
              analysis.sources(),
              half(analysis.halfWidth()),
              100 * analysis.level()));
    }
    double asked = result.spec().sources().stop().orElseThrow().halfWidth();
    StudyResult.InterimAnalysis last =
        result.interimAnalyses().get(result.interimAnalyses().size() - 1);
    return text
        + (last.halfWidth() <= asked
            ? String.format("Stopped: the requested width is %s.%n", half(asked))
            : String.format(
                "No creatives are left, although a width of %s was requested; the report"
                    + " shows the other sources of uncertainty.%n",
                half(asked)));
  }

  private static String half(double width) {
    return String.format(Locale.ROOT, "± %.1f %%", 100 * width);
  }
}
