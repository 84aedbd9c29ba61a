package dev.anvil.lab.paper;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.ask.Answer;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.AskRequest;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.FitRequest.Option;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.view.KnownTruth;
import dev.anvil.report.ReportBuilder;
import dev.anvil.report.data.ReportData;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.StudyResult;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The paper's experiments, one after another, on a campaign that is in the workspace: Table I, the
 * attribution by generative edits (Figs 6 and 8), planted effects (Figs 1, 2 and 7, Table II), text
 * probing, and pictures made from words. Each is a job of the engine, so that what was done before
 * is read, and a run that was stopped goes on.
 */
public final class PaperExperiments {
  private static final String SEGMENTER = "showroom-oneformer";
  private static final List<String> GENERATIVE = List.of("showroom-sd", "showroom-controlnet-seg");
  private static final List<Double> TIMES = List.of(1., 2., 5.);

  /**
   * What the paper plants: red cars, forest settings, people next to cars. Posts with the first two
   * are found by CLIP, as in the paper; with the last by OneFormer, since this CLIP sees no people.
   */
  private static final List<Planted> PLANTED =
      List.of(
          new Planted("colour", "red", LabelRule.text("a photo of a red car")),
          new Planted("setting", "forest", LabelRule.text("a photo of a car in a forest")),
          new Planted("person", "A", LabelRule.element("person")));

  /** Contrasts that words can state: factor, level, level compared with, and both in words. */
  private static final List<Asked> ASKED =
      List.of(
          new Asked("colour", "red", "silver", "a red car", "a silver car"),
          new Asked("colour", "yellow", "black", "a yellow car", "a black car"),
          new Asked("setting", "coast", "urban", "a car by the sea", "a car in the city"),
          new Asked("setting", "forest", "racetrack", "a car in a forest", "a car on a racetrack"));

  private record Planted(String factor, String level, LabelRule rule) {
    boolean isIn(StudyOnModel study) {
      return study.study().spec().factors().stream().anyMatch(f -> f.name().equals(factor));
    }
  }

  private record Asked(
      String factor, String level, String reference, String first, String second) {}

  private final Anvil anvil;
  private final PaperFiles files;
  private final String campaign;
  private final World world;

  /**
   * The experiments on a campaign.
   *
   * @param campaign name of the showroom's in the workspace
   */
  public PaperExperiments(Anvil anvil, PaperFiles files, String campaign) throws IOException {
    this.anvil = requireNonNull(anvil, "anvil is null");
    this.files = requireNonNull(files, "files is null");
    this.campaign = requireNonNull(campaign, "campaign is null");
    this.world = new World(WorldSpec.read(files.showroom().world()));
  }

  /** Does what is not done yet. */
  public PaperResults run(RunContext context) throws IOException {
    List<TableOne> tableOne = new ArrayList<>();
    for (TableOne.Published published : TableOne.PUBLISHED) {
      EncoderChoice encoder = EncoderChoice.parse(published.pack());
      tableOne.add(new TableOne(published, encoder, anvil.run(fit(encoder), context)));
    }
    FitOutcome model = tableOne.get(0).fit();
    boolean generative = GENERATIVE.stream().allMatch(anvil.networks()::isThere);
    StudyOutcome exact = study(on(model, files.exact()), context);
    StudyOnModel plain = on(model, files.showroom().study());
    StudyOutcome deterministic = study(plain, context);
    Optional<StudyOnModel> painted =
        generative ? Optional.of(on(model, files.generative())) : Optional.empty();
    Optional<StudyOutcome> edited = painted.map(what -> study(what, context));
    for (Planted planted : PLANTED) {
      StudyOnModel how = painted.filter(planted::isIn).orElse(plain);
      anvil.run(new PlantRequest(how, request(planted)), context);
    }
    Optional<StudyOutcome> generated =
        generative ? Optional.of(study(on(model, files.generated()), context)) : Optional.empty();
    Path captions = Captions.write(files.showroom().scenes(), anvil.settings().workspace());
    List<Answer> answers = new ArrayList<>();
    List<Double> answersTruth = new ArrayList<>();
    for (Asked asked : ASKED) {
      answers.add(anvil.run(ask(model, captions, asked), context).answer());
      answersTruth.add(world.effect(asked.factor(), asked.level(), asked.reference()));
    }
    Optional<StudyResult> known = Optional.of(exact.result());
    return new PaperResults(
        tableOne,
        data(exact, Optional.empty()),
        data(deterministic, known),
        edited.map(study -> data(study, known)),
        generated.map(study -> data(study, Optional.empty())),
        answers,
        answersTruth);
  }

  private FitRequest fit(EncoderChoice encoder) {
    return new FitRequest(
        Optional.of(campaign),
        Optional.empty(),
        Optional.empty(),
        List.of("car"),
        Set.of(Option.PAPER),
        encoder,
        SegmenterChoice.parse(SEGMENTER),
        1);
  }

  private static StudyOnModel on(FitOutcome model, Path study) {
    return StudyOnModel.of(StudyText.read(study)).on(model.run(), SegmenterChoice.parse(SEGMENTER));
  }

  private StudyOutcome study(StudyOnModel what, RunContext context) {
    return anvil.run(new StudyRequest(what), context);
  }

  private static PlantRunner.Request request(Planted planted) {
    return new PlantRunner.Request(
        planted.factor(), planted.level(), Optional.of(planted.rule()), Optional.empty(), TIMES);
  }

  private static AskRequest ask(FitOutcome model, Path captions, Asked asked) {
    return new AskRequest(
        Optional.of(model.run()), asked.first(), asked.second(), Optional.of(captions), List.of());
  }

  private ReportData data(StudyOutcome study, Optional<StudyResult> exact) {
    return anvil.reportData(
        study.run(), new KnownTruth(truth(world, study.result().spec()), exact));
  }

  /** The world's true effects of a study's contrasts. */
  public static ReportBuilder.Truth truth(World world, StudySpec spec) {
    return effect ->
        OptionalDouble.of(
            effect.reference().equals(StudySpec.AVERAGE)
                ? world.effectAgainstAverage(
                    effect.factor(),
                    effect.level(),
                    spec.factors().stream()
                        .filter(f -> f.name().equals(effect.factor()))
                        .flatMap(f -> f.levels().keySet().stream())
                        .toList())
                : world.effect(effect.factor(), effect.level(), effect.reference()));
  }
}
