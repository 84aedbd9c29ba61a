package dev.anvil.engine.request;

import dev.anvil.engine.outcome.ReportOutcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Write a study's report: one HTML file that opens offline, with CSV and Parquet.
 *
 * @param study run of the study; empty for the one that finished last
 * @param folder to write into; empty for {@code report} in the workspace
 */
public record ReportRequest(Optional<Long> study, Optional<Path> folder)
    implements Request<ReportOutcome> {
  public static final String JOB = "report";

  public ReportRequest {
    study = study == null ? Optional.empty() : study;
    folder = folder == null ? Optional.empty() : folder.map(Paths::absolute);
  }

  @Override
  public String job() {
    return JOB;
  }
}
