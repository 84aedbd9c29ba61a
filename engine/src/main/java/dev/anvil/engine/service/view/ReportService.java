package dev.anvil.engine.service.view;

import dev.anvil.engine.outcome.ReportOutcome;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.engine.service.study.Studies;
import dev.anvil.store.Run;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the report of a study. */
public final class ReportService implements Service<ReportRequest, ReportOutcome> {
  private final Parts parts;

  public ReportService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ReportOutcome> accept(ReportRequest asked) {
    Run study = Studies.finished(parts, asked.study());
    Path folder = asked.folder().orElse(parts.folder().resolve("report"));
    return Work.of(
        new ReportRequest(Optional.of(study.id()), Optional.of(folder)),
        Optional.empty(),
        ReportOutcome.class,
        (out, context) ->
            new ReportOutcome(
                out.run(),
                study.id(),
                ReportFiles.write(new StudyReport(parts, study).data(KnownTruth.NONE), folder)));
  }
}
