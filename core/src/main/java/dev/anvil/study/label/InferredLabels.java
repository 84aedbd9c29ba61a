package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.PartlyKnown;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Labels of posts for one factor.
 *
 * @param column level of each post
 * @param how they were inferred, for people
 * @param confusion their errors, where those were counted
 */
public record InferredLabels(TagColumn column, String how, Optional<Confusion> confusion) {
  public InferredLabels {
    requireNonNull(column, "column is null");
    requireNonNull(how, "how is null");
    requireNonNull(confusion, "confusion is null");
  }

  /**
   * As rules and a classifier label posts alike, or as the one does that labels them at all.
   *
   * @param rules of the factor, where it has some
   * @param known levels by post id
   * @return empty where nothing labels the posts
   */
  public static Optional<InferredLabels> of(
      Factor factor,
      List<Post> posts,
      Optional<RuleLabels> rules,
      LevelClassifier.Found classified,
      Map<String, String> known) {
    Optional<InferredLabels> inferred = inferred(factor, posts, rules, classified);
    return known.isEmpty() ? inferred : Optional.of(with(known, inferred, factor, posts));
  }

  private static Optional<InferredLabels> inferred(
      Factor factor,
      List<Post> posts,
      Optional<RuleLabels> rules,
      LevelClassifier.Found classified) {
    if (rules.isEmpty()) {
      return classified.isUsable() ? Optional.of(byClassifier(classified)) : Optional.empty();
    }
    return Optional.of(
        classified.isUsable()
            ? new InferredLabels(
                agreed(rules.get().column(factor, posts), classified.column()),
                "label rules, where a classifier trained on the variants agrees",
                Optional.empty())
            : rules.get().alone(factor, posts));
  }

  private static InferredLabels byClassifier(LevelClassifier.Found classified) {
    return new InferredLabels(
        classified.column(),
        String.format(
            Locale.ROOT,
            "a classifier trained on the variants, correct for %.0f %% of them",
            100 * classified.accuracy()),
        Optional.empty());
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
      return new InferredLabels(column, "known labels of all posts", Optional.empty());
    }
    List<String> levels = List.copyOf(factor.levels().keySet());
    return inferred
        .map(
            found ->
                levels.size() == 1
                    ? new InferredLabels(column, how + "; " + found.how(), Optional.empty())
                    : new InferredLabels(
                        column,
                        how
                            + "; for other posts "
                            + found.how()
                            + ", with the error rate of the known ones",
                        Optional.of(Confusion.counted(levels, labels))))
        .orElseGet(() -> new InferredLabels(column, how, Optional.empty()));
  }

  /** A wrong label hides part of the residual of its level; a post without a label costs little. */
  private static TagColumn agreed(TagColumn rules, TagColumn classified) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < rules.values().size(); i++) {
      String level = rules.values().get(i);
      values.add(level.equals(classified.values().get(i)) ? level : "");
    }
    return new TagColumn(rules.name(), values);
  }
}
