package dev.anvil.engine.outcome;

import java.nio.file.Path;

/**
 * A campaign that was imported.
 *
 * @param summary what the table was read as
 * @param health what a report says of the import
 * @param quarantine file that lists the rows that were set aside
 */
public record ImportOutcome(long run, ImportSummary summary, ImportHealth health, Path quarantine)
    implements Outcome {}
