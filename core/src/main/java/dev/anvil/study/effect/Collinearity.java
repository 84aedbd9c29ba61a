package dev.anvil.study.effect;

import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.TagColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns that are collinear with a factor's labels: a regression that controls for them cannot
 * identify the effects of the factor's levels (docs/method.md section 3.3).
 *
 * <p>A column is collinear with a level if it explains more than 90 % of the variance of the
 * level's indicator over posts, a variance inflation factor above 10.
 *
 * @param explainedBy the collinear columns of each level of the factor
 */
record Collinearity(Factor factor, TagColumn column, Map<String, List<TagColumn>> explainedBy) {
  private static final double LIMIT = .9;

  /** Finds the columns that are collinear with the levels of a factor, among the rows. */
  static Collinearity of(Factor factor, TagColumn column, List<TagColumn> tags, int[] rows) {
    Map<String, List<TagColumn>> explainedBy = new HashMap<>();
    for (String level : factor.levels().keySet()) {
      explainedBy.put(
          level,
          tags.stream()
              .filter(other -> !other.name().equals(column.name()))
              .filter(other -> explained(column, level, other, rows) > LIMIT)
              .toList());
    }
    return new Collinearity(factor, column, explainedBy);
  }

  /** Share of the variance of a level's indicator that another column explains. */
  private static double explained(TagColumn column, String level, TagColumn other, int[] rows) {
    Map<String, int[]> counts = new HashMap<>();
    int shown = 0;
    for (int row : rows) {
      int[] count = counts.computeIfAbsent(other.values().get(row), value -> new int[2]);
      count[0]++;
      if (column.values().get(row).equals(level)) {
        count[1]++;
        shown++;
      }
    }
    double share = (double) shown / rows.length;
    double between = 0;
    for (int[] count : counts.values()) {
      double distance = (double) count[1] / count[0] - share;
      between += count[0] * distance * distance;
    }
    return shown == 0 || shown == rows.length ? 0 : between / (rows.length * share * (1 - share));
  }

  /** Those that belong to other factors of the study. */
  List<TagColumn> among(Set<String> factors) {
    return explainedBy.values().stream()
        .flatMap(List::stream)
        .distinct()
        .filter(other -> factors.contains(other.name()))
        .toList();
  }

  /** A sentence for who reads the effects: what the factor is not controlled for. */
  String without(List<TagColumn> alike) {
    return "The labels of %s and %s say almost the same of the posts. The effects of %s are corrected without controlling for %s."
        .formatted(factor.name(), names(alike), factor.name(), names(alike));
  }

  /**
   * A sentence that says why the factor is not corrected.
   *
   * @param known levels that posts tell something about
   */
  String refusal(Set<String> known) {
    List<String> unlabelled =
        factor.levels().keySet().stream().filter(l -> !column.values().contains(l)).toList();
    String reason =
        unlabelled.isEmpty()
            ? factor.levels().keySet().stream()
                .filter(level -> !known.contains(level))
                .map(this::unknown)
                .collect(Collectors.joining("; "))
            : "no post is labelled " + String.join(" or ", unlabelled);
    return "The effects of %s are not corrected: %s.".formatted(factor.name(), reason);
  }

  private String unknown(String level) {
    List<TagColumn> by = explainedBy.get(level);
    return by.isEmpty()
        ? "too few posts are labelled %s".formatted(level)
        : "posts labelled %s cannot be told from others by anything but %s"
            .formatted(level, names(by));
  }

  private static String names(List<TagColumn> columns) {
    return columns.stream().map(TagColumn::name).collect(Collectors.joining(" and "));
  }
}
