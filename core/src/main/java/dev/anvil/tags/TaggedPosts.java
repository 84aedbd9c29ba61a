package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.predict.matrix.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Posts as tags and targets. Arrays are read only.
 *
 * @param target one per post, standardised, oldest post first
 * @param columns tags whose effects are asked for and tags that are only controlled for (channel,
 *     country, month): every estimate controls for all other columns
 * @param numbers further covariates to control for, one row per post, no unknown values
 * @param groups one number per post; errors of posts of one group may go together
 * @param weights how much each post counts, above 0, such as the precision of its target; none
 *     where all count alike
 */
public record TaggedPosts(
    double[] target,
    List<TagColumn> columns,
    Optional<Matrix> numbers,
    int[] groups,
    double[] weights) {
  /** Posts that count alike. */
  public TaggedPosts(
      double[] target, List<TagColumn> columns, Optional<Matrix> numbers, int[] groups) {
    this(target, columns, numbers, groups, new double[0]);
  }

  public TaggedPosts {
    columns = List.copyOf(columns);
    requireNonNull(numbers, "numbers is null");
    List<Problem> problems = new ArrayList<>();
    int posts = target.length;
    if (posts < 2) {
      problems.add(new Problem("target", "found %d posts; expected 2 or more".formatted(posts)));
    }
    length(problems, "groups", groups.length, posts);
    if (weights.length > 0) {
      length(problems, "weights", weights.length, posts);
    }
    for (double weight : weights) {
      if (!(weight > 0 && Double.isFinite(weight))) {
        problems.add(
            new Problem("weights", "found %s; expected numbers above 0".formatted(weight)));
      }
    }
    Set<String> names = new HashSet<>();
    for (TagColumn column : columns) {
      length(problems, "column " + column.name(), column.values().size(), posts);
      if (!names.add(column.name())) {
        problems.add(new Problem("column " + column.name(), "found twice; expected once"));
      }
    }
    for (int i = 0; i < posts; i++) {
      if (!Double.isFinite(target[i])) {
        problems.add(
            new Problem("target of post " + i, "found %s; expected a number".formatted(target[i])));
      }
    }
    if (numbers.isPresent()) {
      length(problems, "numbers", numbers.get().rows(), posts);
      for (float value : numbers.get().values()) {
        if (!Float.isFinite(value)) {
          problems.add(new Problem("numbers", "found %s; expected numbers".formatted(value)));
          break;
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void length(List<Problem> problems, String where, int found, int expected) {
    if (found != expected) {
      problems.add(new Problem(where, "found %d values; expected %d".formatted(found, expected)));
    }
  }

  /**
   * The posts to use among many.
   *
   * @param target one per post; may be NaN outside {@code rows}
   * @param rows posts to use, oldest first
   */
  public static TaggedPosts of(double[] target, List<TagColumn> columns, int[] groups, int[] rows) {
    return of(target, columns, groups, new double[0], rows);
  }

  /**
   * The posts to use among many that count differently.
   *
   * @param weights one per post; none where all count alike
   */
  public static TaggedPosts of(
      double[] target, List<TagColumn> columns, int[] groups, double[] weights, int[] rows) {
    return new TaggedPosts(
        Arrays.stream(rows).mapToDouble(i -> target[i]).toArray(),
        columns.stream().map(column -> column.select(rows)).toList(),
        Optional.empty(),
        Arrays.stream(rows).map(i -> groups[i]).toArray(),
        weights.length == 0 ? weights : Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray());
  }

  /**
   * The same posts with numbers to control for too.
   *
   * @param more one row per post of these
   */
  public TaggedPosts with(Matrix more) {
    return new TaggedPosts(target, columns, Optional.of(more), groups, weights);
  }

  int count() {
    return target.length;
  }

  Optional<TagColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Different groups among the posts at a level. */
  int groupsAt(TagColumn column, String level) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < groups.length; i++) {
      if (column.values().get(i).equals(level)) {
        found.add(groups[i]);
      }
    }
    return found.size();
  }

  int postsAt(TagColumn column, String level) {
    return (int) column.values().stream().filter(level::equals).count();
  }

  /** Why no method could answer, if so: an unknown column or level, or one seen too seldom. */
  Optional<String> refusal(TagContrast contrast) {
    if (Arrays.stream(target).allMatch(y -> y == target[0])) {
      return Optional.of("the target is the same for all posts");
    }
    return missing(contrast);
  }

  /** What a contrast lacks among the posts, whatever their target. */
  Optional<String> missing(TagContrast contrast) {
    Optional<TagColumn> column = column(contrast.column());
    if (column.isEmpty()) {
      return Optional.of("there is no column \"%s\"".formatted(contrast.column()));
    }
    List<String> levels = new ArrayList<>(contrast.against());
    levels.add(0, contrast.level());
    for (String level : levels) {
      int groupsAt = groupsAt(column.get(), level);
      if (groupsAt < 2) {
        return Optional.of(
            "%d group%s of posts with %s \"%s\"; two or more are needed"
                .formatted(groupsAt, groupsAt == 1 ? "" : "s", contrast.column(), level));
      }
    }
    return Optional.empty();
  }
}
