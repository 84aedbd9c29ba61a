package dev.anvil.study.label;

import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.Labelled;
import dev.anvil.tags.TagColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Labels by the rules of a factor.
 *
 * @param posts level by post, the empty text for none
 * @param variants labels of variants, whose level is known; empty where none were labelled
 * @param stated whether a column of the posts states the level, so that no label is inferred
 */
public record RuleLabels(Map<String, String> posts, List<Labelled> variants, boolean stated) {
  public RuleLabels {
    posts = Map.copyOf(posts);
    variants = List.copyOf(variants);
  }

  /** The level of each post. */
  TagColumn column(Factor factor, List<Post> of) {
    return new TagColumn(factor.name(), of.stream().map(p -> posts.get(p.id())).toList());
  }

  /** The rules' labels alone, with their error rate where variants were labelled. */
  InferredLabels alone(Factor factor, List<Post> of) {
    TagColumn rules = column(factor, of);
    List<String> levels = List.copyOf(factor.levels().keySet());
    if (variants.isEmpty() || levels.size() == 1) {
      return new InferredLabels(
          rules,
          "label rules",
          Optional.empty(),
          stated ? OptionalDouble.of(1) : OptionalDouble.empty());
    }
    return new InferredLabels(
        rules,
        "label rules, corrected for their error rate on the variants",
        Optional.of(Confusion.of(levels, variants, rules.values())),
        OptionalDouble.of(1));
  }
}
