package dev.anvil.engine.outcome;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A campaign that was imported.
 *
 * @param summary what the table was read as
 * @param health what a report says of the import
 * @param quarantine file that lists the rows that were set aside
 * @param growth what was added to a campaign that was there; empty where it was replaced or is new
 */
public record ImportOutcome(
    long run,
    ImportSummary summary,
    ImportHealth health,
    Path quarantine,
    Optional<ImportGrowth> growth)
    implements Outcome {
  public ImportOutcome {
    // an outcome of an older version has none
    growth = growth == null ? Optional.empty() : growth;
  }
}
