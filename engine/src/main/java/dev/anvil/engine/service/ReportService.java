package dev.anvil.engine.service;

import dev.anvil.NotFoundException;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.outcome.ReportOutcome;
import dev.anvil.engine.request.ReportRequest;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.store.Run;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes the report of a study. */
final class ReportService implements Service<ReportRequest, ReportOutcome> {
  private final Parts parts;

  ReportService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ReportOutcome> accept(ReportRequest asked) {
    Run study = study(asked.study());
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

  private Run study(Optional<Long> asked) {
    Predicate<Run> finished =
        run ->
            run.request().command().equals(StudyRequest.JOB)
                && run.state() == Run.State.FINISHED
                && Models.isReadable(run);
    return asked.isPresent()
        ? parts
            .stores()
            .runs()
            .get(asked.get())
            .filter(finished)
            .orElseThrow(() -> new NotFoundException("run " + asked.get(), "is no finished study"))
        : parts.stores().runs().list().stream()
            .filter(finished)
            .max(Comparator.comparing(run -> run.times().ended().orElseThrow()))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "study", "the workspace has no finished one; expected one"));
  }
}
