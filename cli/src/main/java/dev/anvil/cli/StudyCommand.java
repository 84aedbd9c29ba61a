package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.FittedModel;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.spec.StarterStudy;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "study",
    description = {
      "Edit elements, score the variants, and estimate the effects that a study file declares.",
      "Without a file a first study is written for the campaign into the workspace, and run."
    })
final class StudyCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(arity = "0..1", paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Optional<Path> file = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Option(names = "--init", description = "Only write the first study, to be edited.")
  boolean init;

  @Option(
      names = "--calibrate",
      description =
          "Also plant every contrast at small sizes, and divide effects by what comes back of"
              + " them.")
  boolean calibrate;

  @Override
  public Integer call() throws Exception {
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      Path study = file.isPresent() && !init ? file.get() : starter(session);
      if (init) {
        common.print(Map.of("study", study.toString()), "Wrote " + study);
        return 0;
      }
      Run run = Studying.run(session, study);
      StudyResult result = Studying.result(session, run);
      if (calibrate) {
        List<Calibration> calibrations = Calibrating.run(session, study, run);
        common.print(
            Map.of("effects", result.effects(), "calibrations", calibrations),
            table(result) + "\n" + CalibrationTable.text(result, calibrations));
      } else {
        common.print(result.effects(), table(result));
      }
      return 0;
    }
  }

  private Path starter(Session session) throws IOException {
    Path target = file.orElse(session.workspace().folder().resolve("study.yaml"));
    if (Files.exists(target)) {
      if (init) {
        throw new InvalidInputException(target.toString(), "exists already; name another file");
      }
      return target;
    }
    Run model = session.model();
    Map<String, Integer> counts = new TreeMap<>();
    Session.json()
        .readTree(session.workspace().artefacts().json(model.id(), Fitting.ELEMENTS).orElseThrow())
        .properties()
        .forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
    FittedModel.Description description =
        FittedModel.load(session.workspace(), model.id()).description();
    return Files.writeString(
        target, StarterStudy.yaml(description.metric(), description.subject(), counts));
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
              Tables.cell("%+.1f %%", 100 * result.seen().get(i).relative().point()),
              Tables.cell("%.3f", e.adjustedP()),
              e.verdict().words()));
    }
    String head = Tables.cell("effect [%.3g %%]", 100 * result.effects().get(0).relative().level());
    StringBuilder text =
        new StringBuilder(
            Tables.text(
                List.of("factor", "level", "against", head, "model's", "adj. p", "verdict"), rows));
    text.append(
        String.format(
            "%d creatives, %d pictures. These are effects on what is expected of posts, not proven"
                + " on people.%n",
            result.sources().size(), result.pictures()));
    if (result.spec().sources().stop().isPresent()) {
      text.append(looks(result));
    }
    for (StudySpec.Factor factor : result.spec().factors()) {
      text.append(
          String.format(
              "%s: %s%n",
              factor.name(),
              Optional.ofNullable(result.corrected().get(factor.name()))
                  .map(
                      how ->
                          "half of what the model expects, and what posts got beyond that; their "
                              + "levels were told by "
                              + how)
                  .orElse(
                      "not corrected, since it cannot be told which posts show which level; "
                          + "models understate")));
    }
    return text.toString();
  }

  private static String looks(StudyResult result) {
    StringBuilder text = new StringBuilder();
    for (StudyResult.Look look : result.looks()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d creatives: widest interval %s (at %.2f %%)%n",
              look.sources(),
              half(look.halfWidth()),
              100 * look.level()));
    }
    double asked = result.spec().sources().stop().orElseThrow().halfWidth();
    StudyResult.Look last = result.looks().get(result.looks().size() - 1);
    return text
        + (last.halfWidth() <= asked
            ? String.format("Stopped there: %s was asked for.%n", half(asked))
            : String.format(
                "No more creatives, though %s was asked for; see what else the uncertainty comes"
                    + " from.%n",
                half(asked)));
  }

  private static String half(double width) {
    return String.format(Locale.ROOT, "± %.1f %%", 100 * width);
  }
}
