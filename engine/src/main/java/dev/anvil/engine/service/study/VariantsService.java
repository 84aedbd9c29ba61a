package dev.anvil.engine.service.study;

import dev.anvil.engine.outcome.VariantsOutcome;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.request.VariantsRequest;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import java.util.Optional;

/** Makes and scores the variants of studies. */
public final class VariantsService implements Service<VariantsRequest, VariantsOutcome> {
  private final StudyWork studies;

  public VariantsService(Parts parts) {
    this.studies = new StudyWork(parts);
  }

  @Override
  public Work<VariantsOutcome> accept(VariantsRequest asked) {
    StudyOnModel what = studies.resolve(asked.what());
    return Work.of(
        new VariantsRequest(what),
        Optional.of(studies.inputs(what)),
        VariantsOutcome.class,
        (out, context) -> {
          StudyText study = what.study();
          ModelView view = studies.view(what);
          try (StudyWork.Studio studio = studies.studio(view, context)) {
            return new VariantsOutcome(
                out.run(),
                what.model().orElseThrow(),
                studio
                    .runner()
                    .variants(study.spec(), study.folder(), view.campaign().posts(), context));
          }
        });
  }
}
