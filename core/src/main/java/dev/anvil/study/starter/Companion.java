package dev.anvil.study.starter;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.edit.InsertCutout;
import dev.anvil.image.Box;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An element that stands beside the main one on some of a campaign's pictures: people, or what else
 * is frequent.
 *
 * @param label of the element
 * @param with different pictures that show it
 * @param without different pictures that do not
 * @param seen where it was found
 */
record Companion(String label, int with, int without, List<Seen> seen) {
  private static final String PERSON = InsertCutout.PERSON;

  /** Places round the main element that do not lie behind it, where figures are hard to find. */
  private static final List<String> IN_SIGHT = List.of("A", "B", "C", "D", "H");

  /** Height of a figure in heights of the main element; the editor inserts it about as tall. */
  private static final double LOWEST = .6;

  private static final double TALLEST = 1.7;

  Companion {
    seen = List.copyOf(seen);
  }

  /**
   * An element that was found on a picture.
   *
   * @param whole whether it can be cut out as a figure
   * @param place round the main element; empty where there is none
   * @param pixels its height
   * @param height in heights of the main element; NaN where there is none
   */
  record Seen(
      Surveyed post,
      String label,
      boolean whole,
      Optional<String> place,
      double pixels,
      double height) {}

  /** Those that can be cut out, the largest first. */
  List<Seen> largestWhole() {
    return seen.stream().filter(Seen::whole).sorted(comparingDouble(s -> -s.pixels())).toList();
  }

  /** Whether enough pictures show it and enough do not. */
  boolean canBeCorrected() {
    return with >= Enough.PICTURES && without >= Enough.PICTURES;
  }

  /**
   * People where enough pictures show some and enough show none; else the most frequent other
   * element of which that is true; else what is found most often.
   *
   * @return empty where nothing else is found
   */
  static Optional<Companion> find(
      List<Surveyed> posts, SegmentationCache segmentations, Subject subject, RunContext context) {
    Map<String, List<Seen>> byLabel = new TreeMap<>();
    try (Phase phase = context.start("look for other elements", posts.size())) {
      for (Surveyed post : posts) {
        for (Seen seen : seen(post, segmentations.of(post.post()), subject)) {
          byLabel.computeIfAbsent(seen.label(), label -> new ArrayList<>()).add(seen);
        }
        phase.step(1);
      }
    }
    List<Companion> found = new ArrayList<>();
    byLabel.forEach(
        (label, seen) -> {
          Set<String> shown = new HashSet<>();
          seen.forEach(s -> shown.add(s.post().post().id()));
          found.add(
              new Companion(
                  label,
                  Surveyed.pictures(seen.stream().map(Seen::post).toList()),
                  Surveyed.pictures(
                      posts.stream().filter(p -> !shown.contains(p.post().id())).toList()),
                  seen));
        });
    return found.stream()
        .max(
            comparingDouble((Companion c) -> c.canBeCorrected() ? 1 : 0)
                .thenComparingDouble(c -> c.label().equals(PERSON) ? 1 : 0)
                .thenComparingDouble(Companion::with));
  }

  private static List<Seen> seen(Surveyed post, Segmentation elements, Subject subject) {
    Optional<Box> main = subject.in(elements).map(Element::box);
    return elements.elements().stream()
        .filter(e -> e.isThing() && !subject.is(e.label()))
        .map(
            e ->
                new Seen(
                    post,
                    e.label(),
                    FigureCutter.isWhole(e, main),
                    main.map(m -> InsertCutout.placeOf(m, e.box())),
                    e.box().height(),
                    main.map(m -> e.box().height() / m.height()).orElse(Double.NaN)))
        .toList();
  }

  /**
   * Where most of them stand, at a place where they can be seen; empty where there is none, or
   * where they are much taller or smaller than the editor would insert them.
   */
  Optional<String> place() {
    double[] heights =
        seen.stream().mapToDouble(Seen::height).filter(Double::isFinite).sorted().toArray();
    if (heights.length == 0
        || heights[heights.length / 2] < LOWEST
        || heights[heights.length / 2] > TALLEST) {
      return Optional.empty();
    }
    return seen.stream()
        .flatMap(s -> s.place().stream())
        .filter(IN_SIGHT::contains)
        .collect(groupingBy(place -> place, TreeMap::new, counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
