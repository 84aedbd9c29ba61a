package dev.anvil.engine.service.study;

import dev.anvil.engine.outcome.PlantOutcome;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.study.PlantRunner;
import java.util.Optional;

/** Plants effects and looks for them on a study's variants. */
public final class PlantService implements Service<PlantRequest, PlantOutcome> {
  private final StudyWork studies;

  public PlantService(Parts parts) {
    this.studies = new StudyWork(parts);
  }

  @Override
  public Work<PlantOutcome> accept(PlantRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    Inputs inputs = studies.inputs(what);
    inputs.put("plant", asked.plant());
    return Work.of(
        new PlantRequest(what, asked.plant()),
        Optional.of(inputs),
        PlantOutcome.class,
        (out, context) -> {
          ModelView view = studies.view(what);
          try (StudyWork.Studio studio = studies.studio(view, context)) {
            return new PlantOutcome(
                out.run(),
                new PlantRunner(view.model(), studio.runner(), context.threads())
                    .plant(
                        what.study().spec(),
                        what.study().folder(),
                        view.campaign().posts(),
                        asked.plant(),
                        context));
          }
        });
  }
}
