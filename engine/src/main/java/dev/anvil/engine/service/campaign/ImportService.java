package dev.anvil.engine.service.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Growth;
import dev.anvil.campaign.ReadReport;
import dev.anvil.engine.outcome.ImportGrowth;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.outcome.ImportSummary;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.ResultStore;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads a campaign into the workspace. */
public final class ImportService implements Service<ImportRequest, ImportOutcome> {
  private final Parts parts;

  public ImportService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<ImportOutcome> accept(ImportRequest request) {
    return Work.of(
        request,
        Optional.empty(),
        ImportOutcome.class,
        (out, context) -> read(request, out.run(), context));
  }

  private ImportOutcome read(ImportRequest request, long run, RunContext context)
      throws IOException {
    ReadReport report = Imports.read(request, context);
    Optional<Path> quarantine = report.writeQuarantine(parts.folder());
    ImportHealth health = ImportHealth.of(report);
    Optional<Growth> growth = save(request, report, context);
    parts.keepHealth(report.campaign().name(), health);
    return new ImportOutcome(
        run,
        ImportSummary.of(report),
        health,
        quarantine.orElse(parts.folder().resolve(ReadReport.QUARANTINE)),
        growth.map(g -> ImportGrowth.of(g, request.complete())));
  }

  /** Keeps the campaign, and what is not in it any more before it is replaced. */
  private Optional<Growth> save(ImportRequest request, ReadReport report, RunContext context)
      throws IOException {
    try (WriteLock lock = parts.lockHistory()) {
      requireNonNull(lock);
      String source = request.posts().toString();
      if (!request.append()) {
        parts.campaigns().save(report.campaign(), source);
        return Optional.empty();
      }
      Campaign known = parts.campaign(Optional.of(report.campaign().name()));
      Growth growth = Growth.of(known, report.campaign());
      Instant now = context.clock().instant();
      ResultStore results = parts.stores().results();
      new Readings(results).add(growth, now);
      new DeletedPosts(results).update(known, report.campaign(), growth, request.complete());
      parts.campaigns().save(growth.campaign(), source);
      return Optional.of(growth);
    }
  }
}
