package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.PartlyKnown;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labels of posts for one factor.
 *
 * @param column level of each post
 * @param how they were inferred, for people
 * @param confusion their errors, where those were counted
 * @param kept how much of a difference between levels is left between posts with these labels, at
 *     least: wrong labels mix levels; 1 where labels are known, or their errors are allowed for;
 *     empty where nobody measured the errors
 * @param recognised share of the posts which something else labels for which a classifier trained
 *     on the variants says the same; empty where nothing else labels posts
 */
public record InferredLabels(
    TagColumn column,
    String how,
    Optional<Confusion> confusion,
    OptionalDouble kept,
    OptionalDouble recognised) {
  /**
   * Known posts that an inferred label needs, so that its error rate counts as measured: if all of
   * ten are right, at most a quarter is wrong (Hanley and Lippman-Hand 1983).
   */
  private static final int LOOKED_AT = 10;

  /** The same where nothing but the variants tells what posts show. */
  public InferredLabels(
      TagColumn column, String how, Optional<Confusion> confusion, OptionalDouble kept) {
    this(column, how, confusion, kept, OptionalDouble.empty());
  }

  public InferredLabels {
    requireNonNull(kept, "kept is null");
    requireNonNull(recognised, "recognised is null");
    requireNonNull(column, "column is null");
    requireNonNull(how, "how is null");
    requireNonNull(confusion, "confusion is null");
  }

  /**
   * As rules and a classifier label posts alike, or as the one does that labels them at all.
   *
   * @param rules of the factor, where it has some
   * @param training learns from posts that both label alike
   * @param known levels by post id
   * @return empty where nothing labels the posts
   */
  public static Optional<InferredLabels> of(
      Factor factor,
      List<Post> posts,
      Optional<RuleLabels> rules,
      LevelClassifier.Found classified,
      SelfTraining training,
      Map<String, String> known,
      RunContext context) {
    Optional<InferredLabels> inferred =
        inferred(factor, posts, rules, classified, training, context);
    Optional<InferredLabels> labels =
        known.isEmpty() ? inferred : Optional.of(with(known, inferred, factor, posts));
    OptionalDouble recognised = recognised(factor, posts, rules, classified, known);
    return labels.map(
        l -> new InferredLabels(l.column(), l.how(), l.confusion(), l.kept(), recognised));
  }

  private static OptionalDouble recognised(
      Factor factor,
      List<Post> posts,
      Optional<RuleLabels> rules,
      LevelClassifier.Found classified,
      Map<String, String> known) {
    List<String> byRules =
        rules
            .map(r -> r.column(factor, posts).values())
            .orElseGet(() -> Collections.nCopies(posts.size(), ""));
    List<String> labels =
        IntStream.range(0, posts.size())
            .mapToObj(i -> known.getOrDefault(posts.get(i).id(), byRules.get(i)))
            .map(label -> factor.levels().containsKey(label) ? label : "")
            .toList();
    boolean any = labels.stream().anyMatch(label -> !label.isEmpty());
    return any && classified.levels() > 1
        ? OptionalDouble.of(agreement(new TagColumn(factor.name(), labels), classified))
        : OptionalDouble.empty();
  }

  private static Optional<InferredLabels> inferred(
      Factor factor,
      List<Post> posts,
      Optional<RuleLabels> rules,
      LevelClassifier.Found classified,
      SelfTraining training,
      RunContext context) {
    if (rules.isEmpty()) {
      return classified.isUsable() ? Optional.of(byClassifier(classified)) : Optional.empty();
    }
    boolean counted = !rules.get().variants().isEmpty();
    if (rules.get().stated() || counted || !classified.isUsable()) {
      return Optional.of(rules.get().alone(factor, posts));
    }
    TagColumn byRules = rules.get().column(factor, posts);
    TagColumn alike = alike(byRules, classified.column());
    return Optional.of(
        training
            .from(
                alike,
                IntStream.range(0, posts.size())
                    .filter(i -> !byRules.values().get(i).isEmpty())
                    .toArray(),
                List.copyOf(factor.levels().keySet()),
                context)
            .map(learned -> learned(learned, byRules, classified))
            .orElseGet(
                () ->
                    new InferredLabels(
                        alike,
                        "label rules, where a classifier trained on the variants agrees",
                        Optional.empty(),
                        kept(classified, agreement(byRules, classified)))));
  }

  /** A wrong label hides part of the residual of its level; a post without a label costs little. */
  private static TagColumn alike(TagColumn rules, TagColumn classified) {
    return where(rules, i -> rules.values().get(i).equals(classified.values().get(i)));
  }

  /** Labels that were learned from posts, where the rules or the classifier say the same. */
  private static InferredLabels learned(
      SelfTraining.Learned learned, TagColumn rules, LevelClassifier.Found classified) {
    List<String> labels = learned.column().values();
    return new InferredLabels(
        where(
            learned.column(),
            i ->
                labels.get(i).equals(rules.values().get(i))
                    || labels.get(i).equals(classified.column().values().get(i))),
        "a classifier trained on the posts that label rules and the variants label alike",
        Optional.empty(),
        // at worst, every disputed label is wrong
        keptOf(learned.disputed(), classified.levels()));
  }

  private static TagColumn where(TagColumn labels, IntPredicate holds) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < labels.values().size(); i++) {
      values.add(holds.test(i) ? labels.values().get(i) : "");
    }
    return new TagColumn(labels.name(), values);
  }

  /**
   * What is left of a difference between levels where labels of some posts are wrong, whichever
   * level these show instead.
   *
   * @param share of the posts whose label is used
   */
  private static OptionalDouble kept(LevelClassifier.Found classified, double share) {
    // at worst, every post that the classifier gets wrong is among those whose label is used
    return keptOf((1 - classified.accuracy()) / share, classified.levels());
  }

  private static OptionalDouble keptOf(double wrong, int levels) {
    double chance = 1 - 1.0 / levels;
    return wrong < chance ? OptionalDouble.of(1 - wrong / chance) : OptionalDouble.empty();
  }

  /** Share of the posts with a label for which the classifier says the same. */
  private static double agreement(TagColumn labels, LevelClassifier.Found classified) {
    int labelled = 0;
    int same = 0;
    for (int i = 0; i < labels.values().size(); i++) {
      if (!labels.values().get(i).isEmpty()) {
        labelled++;
        same += labels.values().get(i).equals(classified.column().values().get(i)) ? 1 : 0;
      }
    }
    return (double) same / labelled;
  }

  private static InferredLabels byClassifier(LevelClassifier.Found classified) {
    return new InferredLabels(
        classified.column(),
        String.format(
            Locale.ROOT,
            "a classifier trained on the variants, correct for %.0f %% of them",
            100 * classified.accuracy()),
        Optional.empty(),
        kept(classified, 1));
  }

  /** Known labels first; the others with the error rate that the known ones show. */
  private static InferredLabels with(
      Map<String, String> known,
      Optional<InferredLabels> inferred,
      Factor factor,
      List<Post> posts) {
    List<PartlyKnown> labels = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      int post = i;
      labels.add(
          new PartlyKnown(
              inferred.map(found -> found.column().values().get(post)).orElse(""),
              Optional.ofNullable(known.get(posts.get(i).id()))
                  .map(level -> level.equals(KnownLabels.OTHER) ? "" : level)));
    }
    TagColumn column =
        new TagColumn(factor.name(), labels.stream().map(PartlyKnown::label).toList());
    long looked = labels.stream().filter(label -> label.known().isPresent()).count();
    String how = "%d known labels".formatted(looked);
    if (looked == posts.size()) {
      return new InferredLabels(
          column, "known labels of all posts", Optional.empty(), OptionalDouble.of(1));
    }
    List<String> levels = List.copyOf(factor.levels().keySet());
    return inferred
        .map(
            found ->
                levels.size() == 1
                    ? new InferredLabels(
                        column,
                        how + "; " + found.how(),
                        Optional.empty(),
                        // a post without a label counts as one without the level
                        OptionalDouble.empty())
                    : new InferredLabels(
                        column,
                        how
                            + "; for other posts "
                            + found.how()
                            + ", with the error rate of the known ones",
                        Optional.of(Confusion.counted(levels, labels)),
                        areChecked(labels) ? OptionalDouble.of(1) : found.kept()))
        .orElseGet(
            () ->
                new InferredLabels(
                    column,
                    how,
                    Optional.empty(),
                    levels.size() == 1 ? OptionalDouble.empty() : OptionalDouble.of(1)));
  }

  /** Whether each label that is taken as inferred was looked at in posts enough. */
  private static boolean areChecked(List<PartlyKnown> labels) {
    Map<String, Long> looked =
        labels.stream()
            .filter(label -> label.known().isPresent())
            .collect(Collectors.groupingBy(PartlyKnown::inferred, Collectors.counting()));
    return labels.stream()
        .filter(label -> label.known().isEmpty() && !label.inferred().isEmpty())
        .allMatch(label -> looked.getOrDefault(label.inferred(), 0L) >= LOOKED_AT);
  }
}
