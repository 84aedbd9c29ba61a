package dev.anvil.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what was done with rows that are kept. */
final class RowNotes {
  private static final int EXAMPLES = 3;

  private RowNotes() {}

  /**
   * Posts with several pictures.
   *
   * @param merged number of posts with several rows
   */
  static List<Note> carousels(List<Draft> drafts, int merged) {
    List<Note> notes = new ArrayList<>();
    long listed = drafts.stream().filter(d -> d.isSound() && d.pictures > 1).count() - merged;
    if (listed > 0) {
      notes.add(
          Note.of("%d posts name several pictures: the first of each is used".formatted(listed)));
    }
    if (merged > 0) {
      notes.add(
          Note.of(
              "%d posts have a row for each of several pictures: they are one post each, with its first picture"
                  .formatted(merged)));
    }
    return notes;
  }

  /**
   * Rows that may be one post twice.
   *
   * @param twins rows that equal an earlier one in all but their ids
   * @param unit what a row is called
   */
  static List<Note> twins(List<Draft> twins, String unit) {
    if (twins.isEmpty()) {
      return List.of();
    }
    String lines =
        twins.stream()
            .limit(EXAMPLES)
            .map(draft -> Long.toString(draft.row.line()))
            .collect(Collectors.joining(", "));
    String more = twins.size() > EXAMPLES ? ", ..." : "";
    return List.of(
        Note.of(
            twins.size() == 1
                ? "%s %s equals another in all but the id: it counts as a post of its own; delete it if it is not"
                    .formatted(unit, lines)
                : "%d rows (%ss %s%s) equal others in all but the id: they count as posts of their own; delete them if they are not"
                    .formatted(twins.size(), unit, lines, more)));
  }

  /**
   * Cells that are no values of their metric.
   *
   * @param cells of each metric
   */
  static List<Note> unread(Map<String, List<String>> cells) {
    return cells.entrySet().stream().map(e -> unread(e.getKey(), e.getValue())).toList();
  }

  private static Note unread(String metric, List<String> cells) {
    List<String> examples =
        cells.stream().distinct().limit(EXAMPLES).map("\"%s\""::formatted).toList();
    return Note.of(
        "%s is no number in %d rows (%s): it is unknown there"
            .formatted(metric, cells.size(), String.join(", ", examples)));
  }
}
