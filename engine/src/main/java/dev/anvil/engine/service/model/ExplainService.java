package dev.anvil.engine.service.model;

import dev.anvil.engine.outcome.ExplainOutcome;
import dev.anvil.engine.request.ExplainRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.Run;
import java.nio.file.Path;
import java.util.Optional;

/** Looks inside the predictions of a model. */
public final class ExplainService implements Service<ExplainRequest, ExplainOutcome> {
  private final Parts parts;

  public ExplainService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ExplainOutcome> accept(ExplainRequest asked) {
    Run fit = parts.models().fit(asked.model());
    Path folder = asked.folder().orElse(parts.folder().resolve("explain"));
    return Work.of(
        new ExplainRequest(
            Optional.of(fit.id()),
            asked.pictures(),
            asked.masks(),
            Optional.of(folder),
            asked.seed()),
        Optional.empty(),
        ExplainOutcome.class,
        (out, context) -> {
          try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
            return new ExplainOutcome(
                out.run(), new Explaining(parts, view, context).explain(asked, folder));
          }
        });
  }
}
