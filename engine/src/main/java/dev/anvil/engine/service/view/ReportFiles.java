package dev.anvil.engine.service.view;

import dev.anvil.report.HtmlReport;
import dev.anvil.report.ResultTables;
import dev.anvil.report.data.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports. */
public final class ReportFiles {
  private ReportFiles() {}

  /** Writes report and tables into a folder; returns the report's file. */
  public static Path write(ReportData data, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("report.html");
    HtmlReport.write(data, file);
    ResultTables.write(data, folder);
    return file;
  }
}
