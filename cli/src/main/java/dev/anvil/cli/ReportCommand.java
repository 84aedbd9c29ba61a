package dev.anvil.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = "Write a report of the last study: one HTML file that opens offline, CSV and Parquet.")
final class ReportCommand implements Callable<Integer> {
  @Mixin Common common;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Folder to write into (default: report in the workspace).")
  Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws Exception {
    try (Session session = Session.open(common)) {
      Path file =
          Reporting.write(
              Reporting.data(
                  session, session.last(Studying.COMMAND), Reporting.GroundTruth.NOTHING),
              output.orElse(session.workspace().folder().resolve("report")));
      common.print(Map.of("report", file.toString()), "Report: " + file.toAbsolutePath());
      return 0;
    }
  }
}
