package dev.anvil.engine.service.study;

import dev.anvil.engine.outcome.CalibrateOutcome;
import dev.anvil.engine.request.CalibrateRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.study.PlantRunner;
import java.util.Optional;

/** Plants every contrast of a study, to see how much of it comes back. */
public final class CalibrateService implements Service<CalibrateRequest, CalibrateOutcome> {
  private final StudyWork studies;

  public CalibrateService(Parts parts) {
    this.studies = new StudyWork(parts);
  }

  @Override
  public Work<CalibrateOutcome> accept(CalibrateRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    return Work.of(
        new CalibrateRequest(what),
        Optional.of(studies.inputs(what)),
        CalibrateOutcome.class,
        (out, context) -> {
          ModelView view = studies.view(what);
          try (StudyWork.Studio studio = studies.studio(view, context)) {
            return new CalibrateOutcome(
                out.run(),
                new PlantRunner(view.model(), studio.runner(), context.threads())
                    .calibrate(
                        what.study().spec(),
                        what.study().folder(),
                        view.campaign().posts(),
                        context));
          }
        });
  }
}
