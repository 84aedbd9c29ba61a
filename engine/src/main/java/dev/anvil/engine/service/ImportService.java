package dev.anvil.engine.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.InternalException;
import dev.anvil.RunContext;
import dev.anvil.campaign.CampaignReader;
import dev.anvil.campaign.CampaignSource;
import dev.anvil.campaign.Post;
import dev.anvil.campaign.ReadReport;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.engine.request.ImportRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    PictureNotices pictures = new PictureNotices();
    ReadReport found =
        new CampaignReader(pictures::problem)
            .read(
                new CampaignSource(
                    request.posts(), request.pictures(), request.columns(), request.strict()),
                context);
    ReadReport report =
        with(pictures.sentences(), request.name().map(name -> named(found, name)).orElse(found));
    Optional<Path> quarantine = report.writeQuarantine(parts.folder());
    ImportHealth health = ImportHealth.of(report);
    parts.campaigns().save(report.campaign(), request.posts().toString());
    parts
        .stores()
        .results()
        .put(HEALTH, report.campaign().name(), EngineJson.compact().writeValueAsString(health));
    List<Post> posts = report.campaign().posts();
    return new ImportOutcome(
        run,
        report.campaign().name(),
        posts.size(),
        posts.get(0).time(),
        posts.get(posts.size() - 1).time(),
        report.campaign().kinds(),
        report.columns(),
        health,
        quarantine.orElse(parts.folder().resolve(ReadReport.QUARANTINE)));
  }

  private static ReadReport named(ReadReport read, String name) {
    return new ReadReport(
        read.campaign().named(name),
        read.columns(),
        read.header(),
        read.quarantined(),
        read.warnings());
  }

  private static ReadReport with(List<String> notices, ReadReport read) {
    return new ReadReport(
        read.campaign(),
        read.columns(),
        read.header(),
        read.quarantined(),
        Stream.concat(read.warnings().stream(), notices.stream()).toList());
  }

  static ImportHealth health(String json) {
    try {
      return EngineJson.compact().readValue(json, ImportHealth.class);
    } catch (JsonProcessingException e) {
      throw new InternalException("what is known of an import is not JSON", e);
    }
  }
}
