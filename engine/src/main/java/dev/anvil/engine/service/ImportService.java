package dev.anvil.engine.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.InternalException;
import dev.anvil.RunContext;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Growth;
import dev.anvil.campaign.ReadReport;
import dev.anvil.engine.outcome.ImportGrowth;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.outcome.ImportSummary;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.ImportRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a campaign into the workspace. */
final class ImportService implements Service<ImportRequest, ImportOutcome> {
  static final String HEALTH = "import";

  private final Parts parts;

  ImportService(Parts parts) {
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
    Optional<Growth> growth = request.append() ? Optional.of(grown(report)) : Optional.empty();
    Campaign campaign = growth.map(Growth::campaign).orElse(report.campaign());
    parts.campaigns().save(campaign, request.posts().toString());
    growth.ifPresent(g -> new Readings(parts.stores().results()).add(g, context.clock().instant()));
    parts
        .stores()
        .results()
        .put(HEALTH, report.campaign().name(), EngineJson.compact().writeValueAsString(health));
    return new ImportOutcome(
        run,
        ImportSummary.of(report),
        health,
        quarantine.orElse(parts.folder().resolve(ReadReport.QUARANTINE)),
        growth.map(ImportGrowth::of));
  }

  private Growth grown(ReadReport report) {
    return Growth.of(parts.campaign(Optional.of(report.campaign().name())), report.campaign());
  }

  static ImportHealth health(String json) {
    try {
      return EngineJson.compact().readValue(json, ImportHealth.class);
    } catch (JsonProcessingException e) {
      throw new InternalException("what is known of an import is not JSON", e);
    }
  }
}
