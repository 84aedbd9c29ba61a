package dev.anvil.lab.scorecard;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.InsertCutout;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion.Labelled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Errors that a worse segmenter would make beyond those of the one in use, at random and by
 * picture. All rates are shares, 0 to 1, and 0 where nothing is said.
 *
 * @param missesPeople of the pictures that are labelled as with a person, those that are labelled
 *     as without
 * @param imaginesPeople of the pictures that are labelled as without a person, those that are
 *     labelled as with one, at any place
 * @param missesCars of all pictures, those without paint, without a place round the car, and
 *     without an embedding of the main element
 * @param onVariants what the rates are multiplied by on variants; at 1, as where nothing is said,
 *     the rates that are counted on variants are those of posts
 */
public record SegmenterErrors(
    Double missesPeople, Double imaginesPeople, Double missesCars, Double onVariants) {
  private static final String WHOLE = "whole";

  public SegmenterErrors {
    missesPeople = missesPeople == null ? 0.0 : missesPeople;
    imaginesPeople = imaginesPeople == null ? 0.0 : imaginesPeople;
    missesCars = missesCars == null ? 0.0 : missesCars;
    onVariants = onVariants == null ? 1.0 : onVariants;
    List<Problem> problems = new ArrayList<>();
    check(problems, "misses_people", missesPeople);
    check(problems, "imagines_people", imaginesPeople);
    check(problems, "misses_cars", missesCars);
    check(problems, "on_variants", onVariants);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void check(List<Problem> problems, String field, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      problems.add(new Problem("segmenter", "%s is %s; expected 0 to 1".formatted(field, rate)));
    }
  }

  /** Labels of the same pictures by the worse segmenter. */
  RuleLabels labels(Factor factor, RuleLabels right, List<Post> posts, long seed) {
    Map<String, String> found = new HashMap<>();
    for (Post post : posts) {
      found.put(
          post.id(),
          label(
              factor,
              right.posts().get(post.id()),
              1,
              random(seed, post),
              random(seed, post, factor)));
    }
    List<Labelled> variants = new ArrayList<>();
    for (Labelled variant : right.variants()) {
      int n = variants.size();
      variants.add(
          new Labelled(
              variant.level(),
              label(
                  factor,
                  variant.inferred(),
                  onVariants,
                  Seeds.random(seed, "segmenter, car of variant", factor.name(), n),
                  Seeds.random(seed, "segmenter, variant", factor.name(), n)),
              variant.source()));
    }
    return new RuleLabels(found, variants, right.stated());
  }

  /** Embeddings of posts whose car is missed have nothing of the main element. */
  float[][] embeddings(List<Post> posts, float[][] right, List<Block> blocks, long seed) {
    float[][] found = right.clone();
    for (int i = 0; i < found.length; i++) {
      if (random(seed, posts.get(i)).nextDouble() < missesCars) {
        found[i] = right[i].clone();
        int at = 0;
        for (Block block : blocks) {
          if (!block.name().equals(WHOLE)) {
            Arrays.fill(found[i], at, at + block.length(), Float.NaN);
          }
          at += block.length();
        }
      }
    }
    return found;
  }

  /** Whether a post's car is missed is drawn from this, for all factors alike. */
  private static SplittableRandom random(long seed, Post post) {
    return Seeds.random(seed, "segmenter, car", post.creative());
  }

  private static SplittableRandom random(long seed, Post post, Factor factor) {
    return Seeds.random(seed, "segmenter", factor.name(), post.creative());
  }

  private String label(
      Factor factor, String right, double rates, SplittableRandom car, SplittableRandom person) {
    boolean noCar = car.nextDouble() < rates * missesCars;
    if (!LabelFinder.usesElements(factor)) {
      return noCar && isPaint(factor) ? "" : right;
    }
    String nobody = nobody(factor);
    if (right.equals(nobody)) {
      List<String> others =
          factor.levels().keySet().stream().filter(level -> !level.equals(nobody)).toList();
      return person.nextDouble() < rates * imaginesPeople && !others.isEmpty() && !noCar
          ? others.get(person.nextInt(others.size()))
          : right;
    }
    return noCar || person.nextDouble() < rates * missesPeople ? nobody : right;
  }

  private static boolean isPaint(Factor factor) {
    return rules(factor).anyMatch(rule -> rule.kind() == LabelRule.Kind.COLOUR);
  }

  /** The level that a picture shows on which nobody is found; the empty text for none. */
  private static String nobody(Factor factor) {
    return factor.levels().keySet().stream()
        .filter(level -> factor.rule(level).filter(SegmenterErrors::isNobody).isPresent())
        .findFirst()
        .orElse("");
  }

  private static boolean isNobody(LabelRule rule) {
    return rule.kind() == LabelRule.Kind.WITHOUT
        || (rule.kind() == LabelRule.Kind.PLACE && rule.value().equals(InsertCutout.NONE));
  }

  private static Stream<LabelRule> rules(Factor factor) {
    return factor.levels().keySet().stream().flatMap(level -> factor.rule(level).stream());
  }
}
