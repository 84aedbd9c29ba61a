package dev.anvil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.Problem;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.MetricKind;
import dev.anvil.packs.ModelPack;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.HtmlReport;
import dev.anvil.report.ReportBuilder;
import dev.anvil.report.ResultTables;
import dev.anvil.report.data.DataHealth;
import dev.anvil.report.data.Experiments;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ModelReport;
import dev.anvil.report.data.Provenance;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes the report of a study. */
final class Reporting {
  private Reporting() {}

  /**
   * What is known besides, of a simulated campaign.
   *
   * @param exact the study on exact counterfactuals
   */
  record Known(ReportBuilder.Truth truth, Optional<StudyResult> exact) {
    static final Known NOTHING = new Known(e -> OptionalDouble.empty(), Optional.empty());
  }

  /** Writes report and tables into a folder; returns the report's file. */
  static Path write(ReportData data, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("report.html");
    HtmlReport.write(data, file);
    ResultTables.write(data, folder);
    return file;
  }

  static ReportData data(Session session, Run run, Known known) throws IOException {
    session.follow(run);
    StudyResult study = Studying.result(session, run);
    long modelRun = Studying.model(run);
    FittedModel model = FittedModel.load(session.workspace(), modelRun);
    ModelReport modelReport =
        Session.json()
            .readValue(
                session.workspace().artefacts().json(modelRun, Fitting.REPORT).orElseThrow(),
                ModelReport.class);
    Campaign campaign = session.campaign();
    ReportBuilder builder =
        new ReportBuilder(campaign.posts(), session.segmentations(), session.workspace().blobs());
    TargetTransform.Options options = model.transform().state().options();
    return new ReportData(
        new Heading(
            campaign.name(),
            model.description().metric(),
            options.kind() == MetricKind.RATE,
            LocalDate.ofInstant(run.times().started().orElseThrow(), ZoneId.systemDefault()),
            study.sources().size(),
            study.pictures(),
            study.spec().smallestEffect(),
            known.exact().isPresent()),
        builder.factors(study, known.truth(), known.exact()),
        study.placebos(),
        builder.checks(study),
        Optional.of(modelReport.model()),
        modelReport.posts(),
        Optional.of(health(session, campaign, modelRun, model)),
        new Provenance(
            Long.toString(run.id()),
            study.spec().seed(),
            run.request().codeVersion(),
            study.specHash(),
            packs(session, model),
            new LinkedHashMap<>(model.description().settings()),
            "anvil study " + Studying.file(run) + " --workspace " + session.workspace().folder()),
        experiments(session, run, study, modelRun),
        warnings(study));
  }

  /** Plantings and calibrations of the same study on the same model, and the model's tags. */
  private static Experiments experiments(
      Session session, Run study, StudyResult result, long modelRun) throws IOException {
    List<PlantResult> plantings = new ArrayList<>();
    for (Run run : session.workspace().runs().list()) {
      if (run.request().command().equals(PlantStage.COMMAND) && run.state() == Run.State.FINISHED) {
        JsonNode arguments = Session.json().readTree(run.request().json());
        if (arguments.path("study").asText().equals(result.specHash())
            && arguments.path("model").asLong() == modelRun) {
          plantings.add(PlantStage.result(session, run));
        }
      }
    }
    boolean tags = session.workspace().artefacts().json(modelRun, Baselines.ARGUMENT).isPresent();
    return new Experiments(
        plantings,
        Calibrating.of(session, study).orElse(List.of()),
        tags
            ? Baselines.kept(session, modelRun).effects().stream()
                .map(e -> new Experiments.Tags(e.method(), e.effects()))
                .toList()
            : List.of());
  }

  private static Map<String, String> packs(Session session, FittedModel model) throws IOException {
    Map<String, String> packs = new LinkedHashMap<>();
    for (ModelPack pack : List.of(session.pack(), session.segmenterPack())) {
      packs.put(pack.manifest().name(), pack.id());
    }
    packs.putIfAbsent(model.description().pack(), model.description().encoder());
    return packs;
  }

  private static DataHealth health(
      Session session, Campaign campaign, long modelRun, FittedModel model) throws IOException {
    Importing.Health health = Importing.health(session, campaign.name());
    Map<String, Double> elements = new LinkedHashMap<>();
    Session.json()
        .readTree(session.workspace().artefacts().json(modelRun, Fitting.ELEMENTS).orElseThrow())
        .properties()
        .stream()
        .sorted((a, b) -> b.getValue().asInt() - a.getValue().asInt())
        .limit(8)
        .forEach(e -> elements.put(e.getKey(), e.getValue().asDouble() / campaign.posts().size()));
    return new DataHealth(
        health.posts() + health.quarantined().size(),
        health.quarantined().size(),
        health.quarantined().stream()
            .map(q -> new Problem("line " + q.line(), q.reasons()))
            .toList(),
        health.missing(),
        elements,
        model.description().subject().name(),
        health.reposts(),
        model.transform().state().options().since().map(LocalDateTime::toLocalDate));
  }

  private static List<String> warnings(StudyResult study) {
    List<String> warnings = new ArrayList<>();
    long claimed = study.permuted().stream().map(Effect::verdict).filter(Verdict::claims).count();
    if (claimed > 0) {
      warnings.add(
          ("On a target in random order, where there is nothing to find, %d of %d contrasts still"
                  + " came out as effects. Take the effects below with care.")
              .formatted(claimed, study.permuted().size()));
    }
    return warnings;
  }
}
