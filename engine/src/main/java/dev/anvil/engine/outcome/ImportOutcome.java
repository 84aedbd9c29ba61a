package dev.anvil.engine.outcome;

import dev.anvil.campaign.Columns;
import dev.anvil.campaign.MetricKind;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A campaign that was imported.
 *
 * @param campaign name
 * @param posts number that can be used
 * @param first time of the oldest post; empty when the posts have no dates
 * @param last time of the newest post
 * @param kinds what sort of number each metric is
 * @param columns which column was taken for what
 * @param health what a report says of the import
 * @param quarantine file that lists the rows that were set aside
 */
public record ImportOutcome(
    long run,
    String campaign,
    int posts,
    Optional<LocalDateTime> first,
    Optional<LocalDateTime> last,
    Map<String, MetricKind> kinds,
    Columns columns,
    ImportHealth health,
    Path quarantine)
    implements Outcome {}
