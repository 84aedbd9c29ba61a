package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.campaign.MetricKind;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.outcome.VariantsOutcome;
import dev.anvil.engine.request.AskRequest;
import dev.anvil.engine.request.CalibrateRequest;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.engine.request.FitColumns;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.request.ReproduceRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.SensitivityRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.request.VariantsRequest;
import dev.anvil.engine.service.run.RunLog;
import dev.anvil.engine.service.view.KnownTruth;
import dev.anvil.predict.FittedModel;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.variant.ScoredVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The corridor as services: what belongs to what, what is done again and what is read. */
class AnvilTest {
  private static final int POSTS = 60;

  @TempDir Path folder;

  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new EngineFixture(folder);
  }

  @Test
  void aRunKeepsWhatItDidAndHowLongItTook() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      List<RunLog.Line> log = RunLog.of(anvil.models().fit(Optional.empty()));
      assertThat(log).anyMatch(line -> line.phase().contains("encode") && line.steps() > 0);
      assertThat(log).allMatch(line -> !line.took().isNegative() && line.phase().size() <= 2);
    }
  }

  @Test
  void aReportIsOfTheStudysCampaignHoweverManyAreImportedAfterwards() throws IOException {
    Path autumn = fixture.posts("autumn", POSTS + 5, 5);
    try (Anvil anvil = fixture.openFitted()) {
      FitOutcome fit = anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);
      StudyOutcome study =
          anvil.run(new StudyRequest(StudyOnModel.of(fixture.study())), RunContext.NONE);
      assertThat(study.model()).isEqualTo(fit.run());

      anvil.run(ImportRequest.of(autumn, "Autumn"), RunContext.NONE);
      ReportData data = anvil.reportData(study.run(), KnownTruth.NONE);

      assertThat(data.heading().campaign()).isEqualTo("Spring");
      assertThat(data.health().orElseThrow().rows()).isEqualTo(POSTS);
      assertThat(anvil.campaign(Optional.empty()).name()).isEqualTo("Autumn");
    }
  }

  /** By its name a click-through rate is a share; these values cannot be, as the import finds. */
  @Test
  void aFitTakesAMetricForWhatTheImportTookItFor() throws IOException {
    Path posts = fixture.posts("spring", POSTS, 4);
    Files.writeString(posts, Files.readString(posts).replace(",clicks\n", ",ctr\n"));
    try (Anvil anvil = fixture.openWarm()) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
      assertThat(anvil.campaign(Optional.of("Spring")).kind("ctr")).isEqualTo(MetricKind.AMOUNT);

      FitOutcome fit = anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);

      assertThat(fit.report().posts()).hasSize(POSTS);
    }
  }

  /** Else "fit again" would find the run of the older version and do nothing. */
  @Test
  void whatAFitDependsOnIncludesTheFormatThatModelsAreKeptIn() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      FitOutcome fit = anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);

      String inputs = anvil.workspace().artefacts().json(fit.run(), "inputs").orElseThrow();
      assertThat(inputs).contains("\"model-format\":\"" + FittedModel.FORMAT + "\"");
    }
  }

  @Test
  void aStudyIsReadUntilSomethingThatItDependsOnChanges() throws IOException {
    Path posts = fixture.posts("spring", POSTS, 4);
    Path plates = Files.createDirectories(folder.resolve("plates"));
    Path plate = plates.resolve("plate.jpg");
    Files.copy(EngineFixture.HOME.resolve("showroom/assets/backgrounds/forest-1.jpg"), plate);
    StudyText study =
        new StudyText(
            EngineFixture.STUDY
                + """
                  setting:
                    element: background
                    editor: background
                    reference: average
                    levels:
                      one: {plates: plates/*.jpg}
                      other: {plates: %s}
                """
                    .formatted(
                        EngineFixture.HOME.resolve("showroom/assets/backgrounds/desert-1.jpg")),
            folder,
            "study.yaml");
    try (Anvil anvil = fixture.openWarm()) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
      anvil.run(EngineFixture.fit("Spring"), RunContext.NONE);
      StudyRequest request = new StudyRequest(StudyOnModel.of(study));
      StudyOutcome first = anvil.run(request, RunContext.NONE);
      assertThat(anvil.run(request, RunContext.NONE)).isEqualTo(first);

      Files.copy(
          EngineFixture.HOME.resolve("showroom/assets/backgrounds/coast-1.jpg"),
          plate,
          StandardCopyOption.REPLACE_EXISTING);
      StudyOutcome second = anvil.run(request, RunContext.NONE);
      assertThat(second.run()).isNotEqualTo(first.run());
      assertThat(second.result().effects()).isNotEqualTo(first.result().effects());

      Path picture = posts.resolveSibling("spring7.jpg");
      Files.copy(posts.resolveSibling("spring8.jpg"), picture, StandardCopyOption.REPLACE_EXISTING);
      List<Request<?>> looking =
          List.of(request, EngineFixture.fit("Spring"), PredictRequest.of(List.of(plate)));
      for (Request<?> looks : looking) {
        assertThatThrownBy(() -> anvil.run(looks, RunContext.NONE))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith(picture + ": has changed since it was recorded");
      }
    }
  }

  /** Else effects on clicks would be told as effects on likes. */
  @Test
  void aStudyOfAnotherMetricThanItsModelsIsRefusedAndOneOfNoneTakesTheModels() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      StudyText likes = study(EngineFixture.STUDY.replace("metric: clicks", "metric: likes"));
      assertThatThrownBy(() -> anvil.run(new StudyRequest(StudyOnModel.of(likes)), RunContext.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("study.yaml: metric is \"likes\", but the model of run ")
          .hasMessageContaining("is of \"clicks\"; expected \"metric: clicks\", or a model of");

      StudyText none = study(EngineFixture.STUDY.replace("metric: clicks\n", ""));
      StudyResult result =
          anvil.run(new StudyRequest(StudyOnModel.of(none)), RunContext.NONE).result();
      assertThat(result.spec().metric()).isEqualTo("clicks");
    }
  }

  /** A study may name the metric as its table does or, as a first study does, the rate. */
  @Test
  void aStudyOnAModelOfARateIsOfTheRate() throws IOException {
    Path posts = fixture.posts("spring", POSTS, 4);
    Files.writeString(
        posts,
        Files.readString(posts)
            .replace(",clicks\n", ",clicks,impressions\n")
            .replaceAll(",(\\d+)\n", ",$1,30000\n"));
    try (Anvil anvil = fixture.openWarm()) {
      anvil.run(ImportRequest.of(posts, "Spring"), RunContext.NONE);
      FitColumns perImpression = new FitColumns(Optional.empty(), Optional.of("impressions"));
      anvil.run(EngineFixture.fit("Spring").withColumns(perImpression), RunContext.NONE);
      for (String name : List.of("clicks", "clicks per 1,000 impressions")) {
        StudyText study = study(EngineFixture.STUDY.replace("metric: clicks", "metric: " + name));

        StudyOutcome outcome = anvil.run(new StudyRequest(StudyOnModel.of(study)), RunContext.NONE);

        assertThat(outcome.result().spec().metric()).isEqualTo("clicks per 1,000 impressions");
      }
    }
  }

  @Test
  void aFactorThatNoCreativeShowsIsNamed() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      StudyText horses =
          study(
              EngineFixture.STUDY
                  + """
                    horse: {element: horse, editor: recolor, levels: {red: {colour: "#b0383c"}}}
                  """);
      assertThatThrownBy(
              () -> anvil.run(new StudyRequest(StudyOnModel.of(horses)), RunContext.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "factor horse: has nothing to edit on any of the 6 creatives; expected some that"
                  + " show horse");
    }
  }

  private StudyText study(String text) {
    return new StudyText(text, folder, "study.yaml");
  }

  /** The mean difference of their scores is the study's effect before it is corrected. */
  @Test
  void variantsAreThoseOfTheStudyWithTheScoresOfTheModelAlone() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      StudyOnModel what = StudyOnModel.of(fixture.study());
      VariantsOutcome made = anvil.run(new VariantsRequest(what), RunContext.NONE);
      StudyResult study = anvil.run(new StudyRequest(what), RunContext.NONE).result();

      assertThat(made.variants())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("target", "relative")
          .isEqualTo(study.variants());
      Effect red = study.uncorrected().get(0);
      assertThat(red.level()).isEqualTo("red");
      assertThat((mean(made.variants(), "red") - mean(made.variants(), "blue")) / 2)
          .isCloseTo(red.target().point(), within(1e-12));
      assertThat(anvil.run(new VariantsRequest(what), RunContext.NONE)).isEqualTo(made);
    }
  }

  private static double mean(List<ScoredVariant> variants, String level) {
    return variants.stream()
        .filter(variant -> variant.level().equals(level))
        .mapToDouble(ScoredVariant::target)
        .average()
        .orElseThrow();
  }

  @Test
  void aStudyWhoseResultWasDamagedIsDoneAgain() throws IOException {
    try (Anvil anvil = fixture.openFitted()) {
      StudyRequest request = new StudyRequest(StudyOnModel.of(fixture.study()));
      StudyOutcome first = anvil.run(request, RunContext.NONE);
      anvil.workspace().artefacts().putJson(first.run(), "study", "{}");

      StudyOutcome again = anvil.run(request, RunContext.NONE);

      assertThat(again.run()).isNotEqualTo(first.run());
      assertThat(again.result()).isEqualTo(first.result());
    }
  }

  @Test
  void requestsAreTheSameAsJson() throws IOException {
    StudyOnModel what = StudyOnModel.of(fixture.study()).on(3, SegmenterChoice.BUNDLED);
    List<Request<?>> requests =
        List.of(
            ImportRequest.of(folder.resolve("posts.csv"), "Spring"),
            EngineFixture.fit("Spring"),
            new StudyRequest(what),
            new VariantsRequest(what),
            new CalibrateRequest(what),
            new PlantRequest(
                what,
                new PlantRunner.Request(
                    "colour", "red", Optional.empty(), Optional.empty(), List.of(1., 2.))),
            new SensitivityRequest(what, List.of(EncoderChoice.BUNDLED), List.of(what.study())),
            new ReportRequest(Optional.of(4L), Optional.empty()),
            PredictRequest.of(List.of(folder.resolve("new.jpg"))),
            new ExplainRequest(Optional.empty(), List.of("post1"), 20, Optional.of(folder), 1),
            new AskRequest(
                Optional.empty(), "a red car", "a blue car", Optional.empty(), List.of()),
            new ReproduceRequest(Optional.empty(), true));
    for (Request<?> request : requests) {
      String json = Requests.write(request);
      assertThat(Requests.read(json, "the request")).isEqualTo(request);
      assertThat(json).contains("\"job\":\"" + request.job() + "\"");
    }
  }

  @Test
  void aRequestThatIsWrongSaysWhichFieldAndWhatWasExpected() {
    assertThatThrownBy(() -> Requests.read("{\"job\":\"fit\",\"seed\":1.5}", "body"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> Requests.read("{\"job\":\"fit\",\"seed\":1,\"sed\":1}", "body"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sed");
    assertThatThrownBy(() -> Requests.read("{\"job\":\"fit\"}", "body"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("body seed: is missing; expected a value");
    assertThatThrownBy(() -> Requests.read("{\"job\":\"dance\"}", "body"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("dance");
    assertThatThrownBy(() -> Requests.read("{", "body"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("body");
  }
}
