package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Insertion;
import dev.anvil.study.design.Cell;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.Confusion.Labelled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Labels the posts and the variants of a study by its label rules.
 *
 * @param labels finds posts with a characteristic
 * @param studio made the variants
 */
record RuleLabeller(LabelFinder labels, VariantStudio studio) {
  RuleLabeller {
    requireNonNull(labels, "labels is null");
    requireNonNull(studio, "studio is null");
  }

  /** By factor whose levels all have label rules, the level of each post; empty for none. */
  Map<String, Map<String, String>> ofPosts(StudySpec spec, List<Post> posts, RunContext context) {
    Map<String, Map<String, String>> ofPosts = new HashMap<>();
    for (Factor factor : spec.factors()) {
      if (factor.levels().keySet().stream().allMatch(l -> factor.rule(l).isPresent())) {
        ofPosts.put(factor.name(), labels.levels(factor, posts, context));
      }
    }
    return ofPosts;
  }

  /**
   * The labels of posts together with those of the variants.
   *
   * @param ofPosts by {@link #ofPosts}
   */
  Map<String, RuleLabels> withVariants(
      Map<String, Map<String, String>> ofPosts, StudyPictures pictures, RunContext context) {
    Map<String, RuleLabels> ruleLabels = new HashMap<>();
    for (Factor factor : pictures.spec().factors()) {
      if (ofPosts.containsKey(factor.name())) {
        ruleLabels.put(
            factor.name(),
            new RuleLabels(
                ofPosts.get(factor.name()),
                variants(factor, pictures, context),
                LabelFinder.isStated(factor)));
      }
    }
    return ruleLabels;
  }

  /**
   * Labels of the factor's variants by rules that use elements; also of those that are not used
   * since the segmenter does not see what was put there: it does not see it on posts either.
   */
  private List<Labelled> variants(Factor factor, StudyPictures pictures, RunContext context) {
    if (!LabelFinder.usesElements(factor)) {
      return List.of();
    }
    List<Labelled> known = new ArrayList<>();
    try (Phase phase =
        context.start("label variants of " + factor.name(), pictures.cells().size())) {
      for (int c = 0; c < pictures.cells().size(); c++) {
        Cell cell = pictures.cells().get(c);
        if (cell.factor().equals(factor)
            && !cell.isNullEdit()
            && pictures.checks().get(c).reasons().stream().allMatch(Insertion::isMissed)) {
          known.add(
              new Labelled(
                  cell.level(), studio.inferredLevel(cell, phase.context()), cell.source()));
        }
        phase.step(1);
      }
    }
    boolean all =
        known.stream()
            .map(Labelled::level)
            .collect(Collectors.toSet())
            .containsAll(factor.levels().keySet());
    return all ? known : List.of();
  }
}
