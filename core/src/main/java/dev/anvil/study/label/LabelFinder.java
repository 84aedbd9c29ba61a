package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.edit.InsertCutout;
import dev.anvil.edit.Recolor;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.store.ResultStore;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Infers labels of posts by rules: by metadata, elements, paint or descriptions. */
public final class LabelFinder {
  private static final String KIND = "paint-colour-2";

  /**
   * Paint further than this from a colour is not that colour: about seven just noticeable steps.
   */
  private static final double NEAR = .15;

  private final SegmentationCache segmentations;
  private final ResultStore results;
  private final Supplier<Optional<TextLabels>> texts;

  /**
   * A finder.
   *
   * @param texts finds descriptions, and is only asked for where there are some; empty where the
   *     encoder has no text tower
   */
  public LabelFinder(
      SegmentationCache segmentations, ResultStore results, Supplier<Optional<TextLabels>> texts) {
    this.texts = requireNonNull(texts, "texts is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.results = requireNonNull(results, "results is null");
  }

  /**
   * Whether the rule holds for each post.
   *
   * @param factor whose element is looked at for its colour, and whose other levels are the colours
   *     that it could be instead
   */
  public boolean[] find(LabelRule rule, Factor factor, List<Post> posts, RunContext context) {
    if (rule.kind() == LabelRule.Kind.TEXT) {
      return described(rule, factor, posts);
    }
    List<OkLab> others =
        factor.levels().keySet().stream()
            .flatMap(level -> factor.rule(level).stream())
            .filter(other -> other.kind() == LabelRule.Kind.COLOUR && !other.equals(rule))
            .map(other -> OkLab.ofHex(other.value()))
            .toList();
    List<Boolean> holds =
        inEach(
            rule.words(), posts, context, (post, step) -> holds(rule, factor, others, post, step));
    boolean[] found = new boolean[posts.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = holds.get(i);
    }
    return found;
  }

  private static <T> List<T> inEach(
      String what, List<Post> posts, RunContext context, BiFunction<Post, RunContext, T> look) {
    return Parallel.map("find " + what, posts, context.threads(), context, look);
  }

  private boolean holds(
      LabelRule rule, Factor factor, List<OkLab> others, Post post, RunContext context) {
    return switch (rule.kind()) {
      case WHERE -> rule.value().equals(post.metadata().get(rule.name()));
      case ELEMENT, WITHOUT, PLACE -> shows(rule, factor, segmentations.of(post, context));
      case TEXT -> throw new AssertionError("descriptions are looked at together");
      case COLOUR ->
          paint(post, factor.element())
              .filter(colour -> isNear(colour, OkLab.ofHex(rule.value()), others))
              .isPresent();
    };
  }

  /**
   * The level that each post shows of a factor whose levels all have rules, by the post's id; of
   * several the last, the empty text where it shows none.
   */
  public Map<String, String> levels(Factor factor, List<Post> posts, RunContext context) {
    Map<String, String> levels = new HashMap<>();
    if (usesElements(factor)) {
      // elements are decoded once for all levels
      List<String> inferred =
          inEach(
              factor.name(),
              posts,
              context,
              (post, step) -> inferred(factor, segmentations.of(post, step)));
      for (int i = 0; i < posts.size(); i++) {
        levels.put(posts.get(i).id(), inferred.get(i));
      }
      return levels;
    }
    posts.forEach(post -> levels.put(post.id(), ""));
    for (String level : factor.levels().keySet()) {
      boolean[] has = find(factor.rule(level).orElseThrow(), factor, posts, context);
      for (int i = 0; i < has.length; i++) {
        if (has[i]) {
          levels.put(posts.get(i).id(), level);
        }
      }
    }
    return levels;
  }

  /** Whether a column of the posts states all levels of a factor. */
  public static boolean isStated(Factor factor) {
    return factor.levels().keySet().stream()
        .allMatch(
            level ->
                factor.rule(level).filter(rule -> rule.kind() == LabelRule.Kind.WHERE).isPresent());
  }

  /**
   * Whether all levels of a factor are found by rules, some of them by the paint of its element.
   */
  public static boolean usesPaint(Factor factor) {
    return factor.levels().keySet().stream().allMatch(level -> factor.rule(level).isPresent())
        && factor.levels().keySet().stream()
            .anyMatch(level -> factor.rule(level).orElseThrow().kind() == LabelRule.Kind.COLOUR);
  }

  /** Whether all levels of a factor are inferred from a picture's elements and their places. */
  public static boolean usesElements(Factor factor) {
    return factor.levels().keySet().stream()
        .allMatch(
            level ->
                factor
                    .rule(level)
                    .filter(
                        rule ->
                            switch (rule.kind()) {
                              case ELEMENT, WITHOUT, PLACE -> true;
                              case WHERE, TEXT, COLOUR -> false;
                            })
                    .isPresent());
  }

  /** The level of such a factor that a picture with these elements shows, else the empty text. */
  public static String inferred(Factor factor, Segmentation elements) {
    String inferred = "";
    for (String level : factor.levels().keySet()) {
      if (shows(factor.rule(level).orElseThrow(), factor, elements)) {
        inferred = level;
      }
    }
    return inferred;
  }

  private static boolean shows(LabelRule rule, Factor factor, Segmentation elements) {
    return switch (rule.kind()) {
      case ELEMENT -> elements.find(rule.value()).isPresent();
      case WITHOUT -> elements.find(rule.value()).isEmpty();
      case PLACE -> isAt(rule, factor.element(), elements);
      case WHERE, TEXT, COLOUR -> throw new IllegalArgumentException(rule + " is no element");
    };
  }

  private boolean[] described(LabelRule rule, Factor factor, List<Post> posts) {
    List<String> others =
        factor.levels().keySet().stream()
            .flatMap(level -> factor.rule(level).stream())
            .filter(other -> other.kind() == LabelRule.Kind.TEXT && !other.equals(rule))
            .map(LabelRule::value)
            .toList();
    return texts
        .get()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "factor %s, labels".formatted(factor.name()),
                    "found text: \"%s\"; expected a model whose encoder has a text tower, such as CLIP"
                        .formatted(rule.value())))
        .find(rule.value(), others, posts);
  }

  private static boolean isAt(LabelRule rule, List<String> element, Segmentation found) {
    Optional<Element> main = found.largest(element);
    Optional<Element> figure =
        found.elements().stream()
            .filter(e -> e.label().equals(rule.name()) && !main.equals(Optional.of(e)))
            .max(Comparator.comparingDouble(e -> e.mask().coverage()));
    return main.map(
            m -> figure.map(f -> InsertCutout.placeOf(m.box(), f.box())).orElse(InsertCutout.NONE))
        .filter(rule.value()::equals)
        .isPresent();
  }

  /** Whether a paint counts as a colour: it is near that colour and to no other nearer. */
  public static boolean isNear(OkLab colour, OkLab wanted, List<OkLab> others) {
    double distance = colour.distance(wanted);
    return distance <= NEAR && others.stream().allMatch(o -> distance <= colour.distance(o));
  }

  /** The paint of a post's element, empty where it has none; looked at once. */
  public Optional<OkLab> paint(Post post, List<String> element) {
    String key = key(post, element);
    Optional<String> known = results.get(KIND, key);
    if (known.isPresent()) {
      return known.filter(hex -> !hex.isEmpty()).map(OkLab::ofHex);
    }
    Picture picture = PictureReader.DEFAULT.read(post.picture(), post.creative());
    Optional<Mask> mask =
        element.contains(StudySpec.PICTURE)
            ? Optional.of(Mask.full(picture.width(), picture.height()))
            : segmentations.of(post).largest(element).map(Element::mask);
    Optional<OkLab> paint = mask.flatMap(m -> Recolor.paintOf(picture, m));
    results.put(KIND, key, paint.map(c -> "#%06x".formatted(c.toSrgb())).orElse(""));
    return paint.map(c -> OkLab.ofHex("#%06x".formatted(c.toSrgb())));
  }

  /** Whether the paint of a post's element is kept, so that its picture would not be opened. */
  public boolean knowsPaint(Post post, List<String> element) {
    return results.get(KIND, key(post, element)).isPresent();
  }

  private String key(Post post, List<String> element) {
    return Sha256.of(
        String.join("\u001f", segmentations.id(), post.creative(), element.toString()));
  }
}
