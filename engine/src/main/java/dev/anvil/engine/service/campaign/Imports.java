package dev.anvil.engine.service.campaign;

import dev.anvil.RunContext;
import dev.anvil.campaign.CampaignReader;
import dev.anvil.campaign.CampaignSource;
import dev.anvil.campaign.ReadReport;
import dev.anvil.engine.outcome.ImportSummary;
import dev.anvil.engine.request.ImportRequest;

/** Reads tables of posts. */
public final class Imports {
  private Imports() {}

  /** What an import would do; writes nothing and needs no workspace. */
  public static ImportSummary preview(ImportRequest request, RunContext context) {
    return ImportSummary.of(read(request, context));
  }

  static ReadReport read(ImportRequest request, RunContext context) {
    PictureNotices pictures = new PictureNotices();
    ReadReport found =
        new CampaignReader(pictures::problem)
            .read(
                new CampaignSource(
                    request.posts(),
                    request.pictures(),
                    request.columns(),
                    request.formats(),
                    request.strict()),
                context);
    return request.name().map(found::named).orElse(found).saying(pictures.sentences());
  }
}
