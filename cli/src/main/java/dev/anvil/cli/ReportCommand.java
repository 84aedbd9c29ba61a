package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ReportOutcome;
import dev.anvil.engine.request.ReportRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description =
        "Write a study as one HTML file that opens offline, with CSV and Parquet beside it.")
final class ReportCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Run of the study (default: the one that finished last).")
  Optional<Long> study = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Folder to write into (default: report in the workspace).")
  Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      ReportOutcome report = common.run(anvil, new ReportRequest(study, output));
      common.print(report, "Report: " + report.file());
      return 0;
    }
  }
}
