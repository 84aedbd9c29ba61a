package dev.anvil.engine.outcome;

import java.nio.file.Path;

/**
 * A report that was written.
 *
 * @param study run of the study
 * @param file the HTML file; tables lie beside it
 */
public record ReportOutcome(long run, long study, Path file) implements Outcome {}
