package dev.anvil.study.starter;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.image.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings that pictures of a campaign show: clusters of whole pictures, of which plates can be
 * made.
 *
 * @param levels the largest first
 * @param refused by number of a cluster that is no level, why
 */
record SettingLevels(List<Level> levels, List<String> refused) {
  private static final int EXAMPLES = 3;

  SettingLevels {
    levels = List.copyOf(levels);
    refused = List.copyOf(refused);
  }

  /**
   * A setting.
   *
   * @param name to be replaced by people
   * @param cluster of its pictures
   * @param pictures different ones
   * @param examples file names of some
   */
  record Level(
      String name, int cluster, int pictures, List<String> examples, List<Picture> plates) {}

  /** Makes plates of every cluster that enough pictures show. */
  static SettingLevels of(List<Surveyed> posts, PlateTrial trial, RunContext context) {
    PictureClusters clusters = trial.plates().clusters();
    Map<Integer, List<Surveyed>> members = new TreeMap<>();
    posts.forEach(
        post ->
            members
                .computeIfAbsent(clusters.of(post.whole()), cluster -> new ArrayList<>())
                .add(post));
    List<Integer> largestFirst = new ArrayList<>(members.keySet());
    largestFirst.sort(
        Collections.reverseOrder(
            Comparator.comparingInt(cluster -> Surveyed.pictures(members.get(cluster)))));
    List<Level> levels = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (int cluster : largestFirst) {
      List<Surveyed> shown = members.get(cluster);
      List<String> examples = examples(shown);
      int count = Surveyed.pictures(shown);
      Optional<String> lacking = lacking(count, clusters.isApart(cluster), levels.size());
      List<Picture> made =
          lacking.isPresent() ? List.of() : trial.plates().of(cluster, shown, context);
      if (lacking.isEmpty() && made.size() < SettingPlates.LEAST) {
        lacking =
            Optional.of(
                "%d plates could be cut, %d are needed"
                    .formatted(made.size(), SettingPlates.LEAST));
      }
      if (lacking.isEmpty() && !trial.passes(cluster, made, posts, context)) {
        lacking = Optional.of("other pictures do not look like them with their plates");
      }
      if (lacking.isEmpty()) {
        levels.add(new Level("setting " + (levels.size() + 1), cluster, count, examples, made));
      } else {
        refused.add("%d pictures such as %s (%s)".formatted(count, examples.get(0), lacking.get()));
      }
    }
    return new SettingLevels(levels, refused);
  }

  private static Optional<String> lacking(int pictures, boolean apart, int levels) {
    if (pictures < Enough.PICTURES) {
      return Optional.of("%d are needed".formatted(Enough.PICTURES));
    }
    if (!apart) {
      return Optional.of("they do not look alike enough");
    }
    return levels == Enough.LEVELS
        ? Optional.of("%d settings are enough to begin with".formatted(Enough.LEVELS))
        : Optional.empty();
  }

  /** Level by cluster. */
  Map<Integer, String> names() {
    Map<Integer, String> names = new LinkedHashMap<>();
    levels.forEach(level -> names.put(level.cluster(), level.name()));
    return names;
  }

  /** At random, so that people see how mixed a setting is. */
  private static List<String> examples(List<Surveyed> posts) {
    return posts.stream()
        .sorted(Comparator.comparingLong(post -> Seeds.derive(1, "example", post.post().id())))
        .map(Surveyed::fileName)
        .distinct()
        .limit(EXAMPLES)
        .toList();
  }
}
