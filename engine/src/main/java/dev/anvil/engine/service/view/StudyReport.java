package dev.anvil.engine.service.view;

import dev.anvil.Problem;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.MetricKind;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.outcome.CalibrateOutcome;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.PlantOutcome;
import dev.anvil.engine.request.BundledPack;
import dev.anvil.engine.request.CalibrateRequest;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.study.StudyService;
import dev.anvil.packs.ModelPack;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.ReportBuilder;
import dev.anvil.report.data.DataHealth;
import dev.anvil.report.data.Experiments;
import dev.anvil.report.data.Heading;
import dev.anvil.report.data.ModelReport;
import dev.anvil.report.data.Provenance;
import dev.anvil.report.data.ReportData;
import dev.anvil.report.data.Skill;
import dev.anvil.store.Run;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.PlantResult;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the report of a study shows; all of it is of the campaign that its model was fitted to. */
public final class StudyReport {
  private static final int ELEMENTS = 8;

  private final Parts parts;
  private final Run run;
  private final StudyOnModel asked;

  /**
   * The report of a study.
   *
   * @param run that did it
   */
  public StudyReport(Parts parts, Run run) {
    this.parts = parts;
    this.run = run;
    this.asked = StudyService.asked(run);
  }

  /** What to show. */
  public ReportData data(KnownTruth known) {
    StudyResult study = StudyService.result(parts.artefacts(run.id()));
    Run fit = parts.models().fit(asked.model());
    RunFolder ofFit = parts.artefacts(fit.id());
    try (ModelView view = ModelView.open(parts, fit, asked.segmenter())) {
      Campaign campaign = view.campaign();
      FittedModel model = view.model();
      ModelReport modelReport = FitService.report(ofFit);
      ReportBuilder builder =
          new ReportBuilder(campaign.posts(), view.segmentations(), parts.stores().blobs());
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
          builder.factors(study, known.effects(), known.exact()),
          study.placebos(),
          builder.checks(study),
          Optional.of(modelReport.model()),
          modelReport.posts(),
          FitService.health(ofFit).map(health -> health(health, campaign, ofFit, model)),
          new Provenance(
              Long.toString(run.id()),
              study.spec().seed(),
              run.request().codeVersion(),
              study.specHash(),
              packs(view),
              new LinkedHashMap<>(model.description().settings()),
              "anvil study " + asked.study().name() + " --workspace " + parts.folder()),
          experiments(study, fit.id()),
          warnings(study),
          study.accounts(),
          Optional.empty());
    }
  }

  /** Plantings and calibrations of the same study on the same model, and the model's tags. */
  private Experiments experiments(StudyResult result, long fit) {
    List<PlantResult> plantings = new ArrayList<>();
    List<Calibration> calibrations = new ArrayList<>();
    for (Run other : parts.stores().runs().list()) {
      if (other.state() == Run.State.FINISHED && Models.isReadable(other)) {
        Request<?> request = Requests.read(other.request().json(), "run " + other.id());
        RunFolder from = parts.artefacts(other.id());
        if (request instanceof PlantRequest plant && isSame(plant.what(), result, fit)) {
          plantings.add(from.get(RunFolder.OUTCOME, PlantOutcome.class).result());
        } else if (request instanceof CalibrateRequest calibrate
            && calibrations.isEmpty()
            && isSame(calibrate.what(), result, fit)) {
          calibrations.addAll(from.get(RunFolder.OUTCOME, CalibrateOutcome.class).calibrations());
        }
      }
    }
    return new Experiments(
        plantings,
        calibrations,
        FitService.baselines(parts.artefacts(fit)).stream()
            .flatMap(tags -> tags.effects().stream())
            .map(e -> new Experiments.Tags(e.method(), e.effects()))
            .toList());
  }

  private static boolean isSame(StudyOnModel other, StudyResult result, long fit) {
    return other.study().hash().equals(result.specHash()) && other.model().equals(Optional.of(fit));
  }

  private Map<String, String> packs(ModelView view) {
    Map<String, String> packs = new LinkedHashMap<>();
    for (String name : List.of(BundledPack.NAME, view.segmenterChoice().pack())) {
      ModelPack pack = parts.networks().pack(name);
      packs.put(pack.manifest().name(), pack.id());
    }
    FittedModel.Description description = view.model().description();
    packs.putIfAbsent(description.pack(), description.encoder());
    return packs;
  }

  private static DataHealth health(
      ImportHealth health, Campaign campaign, RunFolder fit, FittedModel model) {
    Map<String, Double> elements = new LinkedHashMap<>();
    FitService.elements(fit).entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .limit(ELEMENTS)
        .forEach(
            e -> elements.put(e.getKey(), e.getValue().doubleValue() / campaign.posts().size()));
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

  static List<String> warnings(StudyResult study) {
    List<String> warnings = new ArrayList<>(study.notes());
    // the headline of the report says it
    warnings.remove(Skill.headline(study.spec().metric()) + ".");
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
