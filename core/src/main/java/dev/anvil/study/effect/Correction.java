package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.TagColumn;
import dev.anvil.tags.TagContrast;
import dev.anvil.tags.TagRegression;
import dev.anvil.tags.TaggedPosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Bias correction of effects: the part of a level's effect that the regressor does not explain is
 * estimated by regressing residuals of posts that it never saw on the labels of the posts, and
 * added to the scores of the level's variants.
 *
 * <p>A regressor shrinks effects, some factors more than others. What it does not explain is still
 * in the posts. With weight w of the regressor, the bias-corrected effect is w times the effect of
 * the edit on the regressor, plus the effect of the label on the target less w times the
 * prediction. Where edits move the regressor as posts do, this is the whole effect for any w
 * (docs/method.md section 3.3; Angelopoulos, Duchi and Zrnic 2023, PPI++). A weight of 1 adds the
 * noise of the regressor twice; a weight of 0 ignores what the regressor knows beyond labels.
 */
public final class Correction {
  /** Weight of the regressor where a factor is corrected. */
  public static final double WEIGHT = .5;

  /** Weight of the regressor where labels alone say what a level does. */
  public static final double LABELS_ALONE = 0;

  /**
   * Of a level's correction, in variances of one post, whose residuals have about the target's
   * standard deviation. Beyond it a correction is no more than noise, and moves scores to where the
   * metric has no meaning.
   */
  private static final double MOST_VARIANCE = 1;

  /** Scores as they are. */
  public static final Correction NONE = new Correction(1, Map.of(), Map.of(), Map.of(), List.of());

  private final double weight;
  private final Map<String, Map<String, Double>> shifts;
  private final Map<String, Map<String, String>> shown;
  private final Map<String, CombinedShifts> combined;
  private final List<String> notes;

  private Correction(
      double weight,
      Map<String, Map<String, Double>> shifts,
      Map<String, Map<String, String>> shown,
      Map<String, CombinedShifts> combined,
      List<String> notes) {
    this.weight = weight;
    this.shifts = shifts;
    this.shown = shown;
    this.combined = combined;
    this.notes = List.copyOf(notes);
  }

  /**
   * Corrects the factors of which posts show every level of the study; the others stay, and {@link
   * #notes} says why.
   *
   * @param weight of the regressor where a factor is corrected
   * @param residuals one per post: its target less the weighted prediction
   * @param tags what each post shows, by factor, and further columns to control for
   * @param errors of the tags, where they are known
   * @param postIds one per post
   * @param weights how much each post counts; none where all count alike
   */
  static Correction of(
      List<Factor> factors,
      double weight,
      double[] residuals,
      List<TagColumn> tags,
      LabelErrors errors,
      List<String> postIds,
      int[] groups,
      double[] weights,
      int[] rows) {
    requireNonNull(residuals, "residuals is null");
    Map<String, Map<String, Double>> shifts = new HashMap<>();
    Map<String, Map<String, String>> shown = new HashMap<>();
    List<String> notes = new ArrayList<>();
    Set<String> names = factors.stream().map(Factor::name).collect(Collectors.toSet());
    for (Factor factor : factors) {
      for (TagColumn column : tags) {
        if (column.name().equals(factor.name())) {
          Optional<Confusion> confusion = Optional.ofNullable(errors.counted().get(factor.name()));
          Optional<String> mixedUp = confusion.flatMap(c -> mixedUp(factor, column, c, rows));
          if (mixedUp.isPresent()) {
            notes.add(mixedUp.get());
            continue;
          }
          Collinearity collinear = Collinearity.of(factor, column, tags, rows);
          List<TagColumn> alike = collinear.among(names);
          List<TagColumn> controls = tags.stream().filter(t -> !alike.contains(t)).toList();
          Map<String, Double> known =
              shifts(
                  factor,
                  column,
                  errors.taken(),
                  TaggedPosts.of(residuals, controls, groups, weights, rows));
          if (!known.keySet().containsAll(factor.levels().keySet())) {
            notes.add(collinear.refusal(known.keySet()));
            continue;
          }
          if (!alike.isEmpty()) {
            notes.add(collinear.without(alike));
          }
          shifts.put(factor.name(), known);
          Map<String, String> byPost = new HashMap<>();
          for (int i = 0; i < postIds.size(); i++) {
            byPost.put(postIds.get(i), column.values().get(i));
          }
          shown.put(factor.name(), byPost);
        }
      }
    }
    Map<String, CombinedShifts> combined = new HashMap<>();
    for (Factor factor : factors) {
      if (factor.combines() && shifts.keySet().containsAll(factor.parts())) {
        CombinedShifts.of(factor, factors, residuals, tags, errors.taken(), groups, weights, rows)
            .ifPresent(found -> combined.put(factor.name(), found));
      }
    }
    return new Correction(weight, shifts, shown, combined, notes);
  }

  /**
   * Says which levels' corrections would be noise, because labels err so much, or so few posts show
   * them; empty where none would.
   */
  private static Optional<String> mixedUp(
      Factor factor, TagColumn column, Confusion confusion, int[] rows) {
    if (factor.levels().size() == 1) {
      return Optional.empty();
    }
    Map<String, Integer> posts = new HashMap<>();
    for (int row : rows) {
      posts.merge(column.values().get(row), 1, Integer::sum);
    }
    List<String> apart = new ArrayList<>(factor.levels().keySet());
    List<String> mixed = new ArrayList<>();
    while (apart.size() > 1) {
      Map<String, Double> variances = confusion.variances(apart, mixed, posts);
      // of two levels that are taken for each other, the one that fewer posts are labelled
      Optional<String> worst =
          apart.stream()
              .filter(level -> variances.get(level) > MOST_VARIANCE)
              .min(
                  Comparator.comparingInt((String level) -> posts.getOrDefault(level, 0))
                      .thenComparing(variances::get, Comparator.reverseOrder()));
      if (worst.isEmpty()) {
        break;
      }
      apart.remove(worst.get());
      mixed.add(worst.get());
    }
    if (mixed.isEmpty()) {
      return Optional.empty();
    }
    String start =
        "The effects of %s are not corrected: posts do not tell ".formatted(factor.name());
    return Optional.of(
        apart.size() < 2
            ? start + "its levels apart; more posts or known labels would."
            : start
                + "%s apart from its other levels. Leave %s out of the study, or add posts or known labels."
                    .formatted(String.join(", ", mixed), mixed.size() == 1 ? "it" : "them"));
  }

  /**
   * Of every level of the study or the posts against the mean of the study's levels; of a single
   * level against posts that do not show it.
   */
  static Map<String, Double> shifts(
      Factor factor, TagColumn column, Map<String, Confusion> confusions, TaggedPosts posts) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    if (levels.size() == 1) {
      Map<String, Double> shift = new HashMap<>();
      put(posts, List.of(TagContrast.of(factor.name(), levels.get(0), "")), shift);
      return shift;
    }
    Confusion confusion = confusions.get(factor.name());
    if (confusion != null) {
      return unmixed(factor, column, confusion, posts);
    }
    Set<String> all = new TreeSet<>(levels);
    all.addAll(column.levels());
    List<String> known = levels.stream().filter(column.levels()::contains).toList();
    Map<String, Double> shifts = new HashMap<>();
    if (known.size() < 2) {
      return shifts;
    }
    List<TagContrast> contrasts = new ArrayList<>();
    for (String level : all) {
      contrasts.add(new TagContrast(factor.name(), level, known));
    }
    put(posts, contrasts, shifts);
    return shifts;
  }

  private static void put(
      TaggedPosts posts, List<TagContrast> contrasts, Map<String, Double> byLevel) {
    List<OptionalDouble> points = TagRegression.standard().points(posts, contrasts);
    for (int c = 0; c < points.size(); c++) {
      String level = contrasts.get(c).level();
      points.get(c).ifPresent(point -> byLevel.put(level, point));
    }
  }

  private static Map<String, Double> unmixed(
      Factor factor, TagColumn column, Confusion confusion, TaggedPosts posts) {
    String base = confusion.commonest();
    Map<String, Double> means = new HashMap<>(Map.of(base, 0.0));
    List<TagContrast> contrasts =
        column.levels().stream()
            .filter(label -> !label.equals(base))
            .map(label -> TagContrast.of(column.name(), label, base))
            .toList();
    put(posts, contrasts, means);
    Map<String, Double> shifts = confusion.unmix(means);
    // other levels that posts show must not move the scores of the study's
    double mean =
        factor.levels().keySet().stream().mapToDouble(shifts::get).average().orElseThrow();
    shifts.replaceAll((level, shift) -> shift - mean);
    return shifts;
  }

  /** Names of the factors whose effects are corrected. */
  public Set<String> factors() {
    Set<String> names = new TreeSet<>(shifts.keySet());
    names.addAll(combined.keySet());
    return names;
  }

  /**
   * Why factors are not corrected, or corrected without controlling for others; one sentence each.
   */
  public List<String> notes() {
    return notes;
  }

  /** Weight of an edit's effect on the regressor. */
  double weight(Factor factor) {
    boolean corrected = shifts.containsKey(factor.name()) || combined.containsKey(factor.name());
    return corrected ? weight : 1;
  }

  /** What a variant scores more; a null edit, as its source does. */
  double of(Cell cell) {
    if (cell.isNullEdit()) {
      return of(cell.factor(), cell.from());
    }
    CombinedShifts joint = combined.get(cell.factor().name());
    if (joint != null) {
      Map<String, String> levels = shown(cell.factor(), cell.from());
      cell.factor()
          .levels()
          .get(cell.level())
          .forEach((part, level) -> levels.put(part, level.toString()));
      return joint.of(levels);
    }
    return of(cell.factor(), cell.level());
  }

  private double of(Factor factor, String level) {
    return shifts.getOrDefault(factor.name(), Map.of()).getOrDefault(level, 0.0);
  }

  /** What an untouched source scores more; one of which nothing is known, nothing. */
  double of(Factor factor, Source source) {
    Map<String, String> levels = shown(factor, source);
    CombinedShifts joint = combined.get(factor.name());
    return joint != null ? joint.of(levels) : of(factor, levels.getOrDefault(factor.name(), ""));
  }

  /** By part of a factor, the level that a source shows; empty where nothing is known. */
  private Map<String, String> shown(Factor factor, Source source) {
    Map<String, String> levels = new HashMap<>();
    for (String part : factor.parts()) {
      levels.put(part, shown.getOrDefault(part, Map.of()).getOrDefault(source.post().id(), ""));
    }
    return levels;
  }
}
