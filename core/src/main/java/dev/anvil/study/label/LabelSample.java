package dev.anvil.study.label;

import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses posts for people to label. */
public final class LabelSample {
  private LabelSample() {}

  /**
   * Posts drawn at random, as many of each inferred label as there are, so that the error rate of
   * every label is measured. They take turns: the first of them are such a sample too.
   *
   * @param inferred label by post id; posts without one are a kind of their own
   * @param known labels by post id; these posts are asked for only where nothing else is left
   * @param count at most so many
   */
  public static List<Post> of(
      List<Post> posts,
      Map<String, String> inferred,
      Map<String, String> known,
      int count,
      long seed) {
    List<Post> open = posts.stream().filter(post -> !known.containsKey(post.id())).toList();
    Map<String, List<Post>> byLabel = new TreeMap<>();
    (open.isEmpty() ? posts : open)
        .stream()
            .sorted(Comparator.comparingLong(post -> Seeds.derive(seed, "label", post.id())))
            .forEach(
                post ->
                    byLabel
                        .computeIfAbsent(
                            inferred.getOrDefault(post.id(), ""), label -> new ArrayList<>())
                        .add(post));
    List<Post> sample = new ArrayList<>();
    for (int turn = 0; sample.size() < count; turn++) {
      int before = sample.size();
      for (List<Post> alike : byLabel.values()) {
        if (turn < alike.size() && sample.size() < count) {
          sample.add(alike.get(turn));
        }
      }
      if (sample.size() == before) {
        break;
      }
    }
    return sample;
  }
}
