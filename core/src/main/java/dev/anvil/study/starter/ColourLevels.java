package dev.anvil.study.starter;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.anvil.image.OkLab;
import dev.anvil.study.label.LabelFinder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The colours of a campaign's main element that enough of its pictures show.
 *
 * @param levels the commonest first
 * @param others colours that are no level, by name, with the number of pictures that show them
 */
record ColourLevels(List<Level> levels, Map<String, Integer> others) {
  ColourLevels {
    levels = List.copyOf(levels);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /**
   * A level.
   *
   * @param name for example red
   * @param hex a usual one of the paints of that name
   * @param pictures that the study's label rule finds it on; near-duplicates count once
   */
  record Level(String name, String hex, int pictures) {}

  /**
   * The paint of a post's main element.
   *
   * @param group of near-duplicates that the post belongs to
   */
  record Painted(OkLab paint, int group) {}

  /** The colours of posts whose main element has a paint. */
  static ColourLevels of(List<Painted> posts) {
    Map<ColourName, List<Painted>> byName =
        posts.stream().collect(groupingBy(p -> ColourName.of(p.paint()), TreeMap::new, toList()));
    Map<ColourName, Integer> counts = new TreeMap<>();
    byName.forEach((name, painted) -> counts.put(name, groups(painted)));
    List<ColourName> chosen =
        byCount(counts).stream()
            .filter(name -> counts.get(name) >= Enough.PICTURES)
            .limit(Enough.LEVELS)
            .collect(toCollection(ArrayList::new));
    Map<ColourName, OkLab> usual = new TreeMap<>();
    chosen.forEach(name -> usual.put(name, usual(byName.get(name))));
    Map<ColourName, Integer> found = found(chosen, usual, posts);
    // a level less leaves its posts to its neighbours
    while (found.values().stream().anyMatch(n -> n < Enough.PICTURES)) {
      ColourName least = Collections.min(chosen, comparing(found::get));
      counts.put(least, found.get(least));
      chosen.remove(least);
      found = found(chosen, usual, posts);
    }
    Map<String, Integer> others = new LinkedHashMap<>();
    byCount(counts).stream()
        .filter(name -> !chosen.contains(name))
        .forEach(name -> others.put(name.word(), counts.get(name)));
    List<Level> levels = new ArrayList<>();
    for (ColourName name : chosen) {
      levels.add(
          new Level(name.word(), "#%06x".formatted(usual.get(name).toSrgb()), found.get(name)));
    }
    return new ColourLevels(levels, others);
  }

  private static List<ColourName> byCount(Map<ColourName, Integer> counts) {
    return counts.keySet().stream()
        .sorted(comparing(counts::get, Collections.reverseOrder()))
        .toList();
  }

  /** On how many pictures the study's label rules will find each colour. */
  private static Map<ColourName, Integer> found(
      List<ColourName> chosen, Map<ColourName, OkLab> usual, List<Painted> posts) {
    Map<ColourName, Integer> found = new TreeMap<>();
    for (ColourName name : chosen) {
      OkLab wanted = usual.get(name);
      List<OkLab> others = chosen.stream().filter(other -> other != name).map(usual::get).toList();
      found.put(
          name,
          groups(
              posts.stream().filter(p -> LabelFinder.isNear(p.paint(), wanted, others)).toList()));
    }
    return found;
  }

  private static int groups(Collection<Painted> posts) {
    return (int) posts.stream().mapToInt(Painted::group).distinct().count();
  }

  /** The paint nearest to the median of all. */
  private static OkLab usual(List<Painted> posts) {
    OkLab middle =
        new OkLab(median(posts, OkLab::l), median(posts, OkLab::a), median(posts, OkLab::b));
    return posts.stream().map(Painted::paint).min(comparingDouble(middle::distance)).orElseThrow();
  }

  private static double median(List<Painted> posts, ToDoubleFunction<OkLab> part) {
    double[] sorted = posts.stream().map(Painted::paint).mapToDouble(part).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
