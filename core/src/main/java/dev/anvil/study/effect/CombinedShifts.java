package dev.anvil.study.effect;

import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a regressor leaves unexplained of combinations of levels: of each level by itself, and,
 * where an interaction is asked for, of the combination beyond their sum.
 *
 * @param parts by factor, what is left unexplained of each of its levels
 * @param beyond what is left of combinations
 */
record CombinedShifts(Map<String, Map<String, Double>> parts, List<Beyond> beyond) {
  private static final String SHOWN = "yes";
  private static final String NOT_SHOWN = "no";

  /**
   * Of one combination.
   *
   * @param levels level by factor
   */
  record Beyond(Map<String, Object> levels, double shift) {
    private boolean isShownBy(Map<String, String> picture) {
      return levels.entrySet().stream()
          .allMatch(e -> e.getValue().toString().equals(picture.get(e.getKey())));
    }
  }

  CombinedShifts {
    parts = Map.copyOf(parts);
    beyond = List.copyOf(beyond);
  }

  /**
   * Learns them from posts.
   *
   * @param factor whose levels combine those of others
   * @param factors these others among them
   * @param confusions by factor, how its tags err
   * @return empty where posts do not tell a combination from its parts
   */
  static Optional<CombinedShifts> of(
      Factor factor,
      List<Factor> factors,
      double[] residuals,
      List<TagColumn> tags,
      Map<String, Confusion> confusions,
      int[] groups,
      double[] weights,
      int[] rows) {
    List<TagColumn> columns = new ArrayList<>(tags);
    Map<String, Map<String, Object>> combinations = combinations(factor);
    combinations.forEach((name, levels) -> columns.add(column(name, levels, tags)));
    TaggedPosts posts = TaggedPosts.of(residuals, columns, groups, weights, rows);
    List<Beyond> beyond = new ArrayList<>();
    List<String> names = List.copyOf(combinations.keySet());
    List<OptionalDouble> points =
        TagRegression.standard()
            .points(
                posts, names.stream().map(name -> TagContrast.of(name, SHOWN, NOT_SHOWN)).toList());
    for (int c = 0; c < names.size(); c++) {
      if (points.get(c).isEmpty()) {
        return Optional.empty();
      }
      beyond.add(new Beyond(combinations.get(names.get(c)), points.get(c).getAsDouble()));
    }
    Map<String, Map<String, Double>> parts = new HashMap<>();
    for (Factor part : factors) {
      if (factor.parts().contains(part.name())) {
        TagColumn column =
            tags.stream().filter(t -> t.name().equals(part.name())).findFirst().orElseThrow();
        parts.put(part.name(), Correction.shifts(part, column, confusions, posts));
      }
    }
    return Optional.of(new CombinedShifts(parts, beyond));
  }

  /**
   * The first combination of a crossed factor, by a name for its column: with all of them nothing
   * is left to tell what single parts do. Of other factors none, since few posts show any one of
   * their combinations: what is left unexplained of their parts is taken to add up.
   */
  private static Map<String, Map<String, Object>> combinations(Factor factor) {
    if (!factor.reference().equals(StudySpec.CROSSED)) {
      return Map.of();
    }
    Map.Entry<String, Map<String, Object>> first = factor.levels().entrySet().iterator().next();
    return Map.of(factor.name() + " " + first.getKey(), first.getValue());
  }

  private static TagColumn column(String name, Map<String, Object> levels, List<TagColumn> tags) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < tags.get(0).values().size(); i++) {
      boolean shows = true;
      for (TagColumn tag : tags) {
        Object wanted = levels.get(tag.name());
        shows = shows && (wanted == null || wanted.toString().equals(tag.values().get(i)));
      }
      values.add(shows ? SHOWN : NOT_SHOWN);
    }
    return new TagColumn(name, values);
  }

  /**
   * What a picture scores more.
   *
   * @param levels that it shows, by factor
   */
  double of(Map<String, String> levels) {
    double sum = 0;
    for (Map.Entry<String, Map<String, Double>> part : parts.entrySet()) {
      sum += part.getValue().getOrDefault(levels.get(part.getKey()), 0.0);
    }
    for (Beyond more : beyond) {
      sum += more.isShownBy(levels) ? more.shift() : 0;
    }
    return sum;
  }
}
