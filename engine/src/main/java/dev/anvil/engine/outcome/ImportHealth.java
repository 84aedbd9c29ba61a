package dev.anvil.engine.outcome;

import dev.anvil.campaign.Post;
import dev.anvil.campaign.ReadReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a report says of an import.
 *
 * @param quarantined line and reasons of each row that was set aside
 * @param missing column to number of posts without a value
 * @param reposts posts whose picture an earlier post had
 * @param warnings what a person should know of the table
 */
public record ImportHealth(
    String campaign,
    int posts,
    List<SetAside> quarantined,
    Map<String, Integer> missing,
    int reposts,
    List<String> warnings) {
  public ImportHealth {
    quarantined = List.copyOf(quarantined);
    missing = Map.copyOf(missing);
    warnings = List.copyOf(warnings);
  }

  /** A row that was set aside. */
  public record SetAside(long line, String reasons) {}

  /** What reading a table found. */
  public static ImportHealth of(ReadReport report) {
    List<Post> posts = report.campaign().posts();
    Map<String, Integer> missing = new TreeMap<>();
    for (String metric : report.columns().metrics()) {
      missing.put(metric, (int) posts.stream().filter(p -> p.metric(metric).isEmpty()).count());
    }
    int creatives = (int) posts.stream().map(Post::creative).distinct().count();
    return new ImportHealth(
        report.campaign().name(),
        posts.size(),
        report.quarantined().stream()
            .map(q -> new SetAside(q.line(), String.join("; ", q.reasons())))
            .toList(),
        missing,
        posts.size() - creatives,
        report.warnings());
  }
}
