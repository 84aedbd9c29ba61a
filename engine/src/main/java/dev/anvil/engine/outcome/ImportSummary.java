package dev.anvil.engine.outcome;

import dev.anvil.Problem;
import dev.anvil.campaign.Advice;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Columns;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Note;
import dev.anvil.campaign.Post;
import dev.anvil.campaign.ReadReport;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table was read as.
 *
 * @param campaign name
 * @param posts number that can be used
 * @param young of them, number too young to be fitted to
 * @param setAside number of rows that cannot be used
 * @param first time of the oldest post; empty when the posts have no dates
 * @param last time of the newest post
 * @param kinds what sort of number each metric is
 * @param header all of the table's columns
 * @param examples column to its first known value
 * @param columns which column was taken for what
 * @param advice what fits take up unless they are told otherwise, and what they might
 * @param causes why rows cannot be used, one for all with the same cause
 * @param notes how the table was read, and what is unusual
 * @param mostlyUnusable whether less than half of the rows can be used
 */
public record ImportSummary(
    String campaign,
    int posts,
    int young,
    int setAside,
    Optional<LocalDateTime> first,
    Optional<LocalDateTime> last,
    Map<String, MetricKind> kinds,
    List<String> header,
    Map<String, String> examples,
    Columns columns,
    Advice advice,
    List<Problem> causes,
    List<Note> notes,
    boolean mostlyUnusable) {
  public ImportSummary {
    kinds = Map.copyOf(kinds);
    header = List.copyOf(header);
    examples = Map.copyOf(examples);
    causes = List.copyOf(causes);
    notes = List.copyOf(notes);
  }

  /** What reading a table found. */
  public static ImportSummary of(ReadReport report) {
    Campaign campaign = report.campaign();
    List<Post> posts = campaign.posts();
    return new ImportSummary(
        campaign.name(),
        posts.size(),
        posts.size() - campaign.mature().posts().size(),
        report.quarantined().size(),
        posts.get(0).time(),
        campaign.last(),
        campaign.kinds(),
        report.header(),
        report.examples(),
        report.columns(),
        campaign.advice(),
        report.causes(),
        report.notes(),
        report.isMostlyUnusable());
  }
}
