package dev.anvil.engine.service.study;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.engine.outcome.SensitivityOutcome;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.SensitivityRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.OtherJobs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a study under changes that should not matter. */
public final class SensitivityService implements Service<SensitivityRequest, SensitivityOutcome> {
  private final Parts parts;
  private final OtherJobs jobs;
  private final StudyWork studies;

  public SensitivityService(Parts parts, OtherJobs jobs) {
    this.parts = parts;
    this.jobs = jobs;
    this.studies = new StudyWork(parts);
  }

  @Override
  public Work<SensitivityOutcome> accept(SensitivityRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    StudySpec spec = what.study().spec();
    Inputs inputs = studies.inputs(what);
    for (EncoderChoice encoder : asked.encoders()) {
      inputs.put("encoder " + encoder.text(), parts.networks().source(encoder));
    }
    for (StudyText other : asked.others()) {
      StudyOnModel on = studies.resolve(what.with(other));
      studies.inputs(on).values().forEach((k, v) -> inputs.put(other.name() + " " + k, v));
    }
    return Work.of(
        new SensitivityRequest(what, asked.encoders(), asked.others()),
        Optional.of(inputs),
        SensitivityOutcome.class,
        (out, context) ->
            new SensitivityOutcome(
                out.run(), spec.name(), vary(what, asked.encoders(), asked.others(), context)));
  }

  private List<Variation> vary(
      StudyOnModel what, List<EncoderChoice> encoders, List<StudyText> others, RunContext context) {
    List<Variation> out = new ArrayList<>();
    try (Phase phase = context.start("sensitivity", 5L + others.size() + encoders.size())) {
      ModelView view = studies.view(what);
      FitRequest fitted = view.request();
      Campaign campaign = view.campaign();
      try (StudyWork.Studio studio = studies.studio(view, phase.context())) {
        out.addAll(new ModelVariations(what.study(), view, studio.runner()).run(phase));
      }
      for (StudyText other : others) {
        out.add(
            new Variation(
                "editors of " + Path.of(other.name()).getFileName(),
                effects(what.with(other), phase.context())));
        phase.step(1);
      }
      for (EncoderChoice encoder : encoders) {
        long fit =
            jobs.run(new FitService(parts).accept(fitted.with(encoder), campaign), phase.context())
                .run();
        out.add(new Variation("encoder " + encoder.text(), effects(what.on(fit), phase.context())));
        phase.step(1);
      }
    }
    return out;
  }

  private List<Effect> effects(StudyOnModel what, RunContext context) {
    return jobs.run(new StudyRequest(what), context).result().effects();
  }
}
