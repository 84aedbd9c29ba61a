package dev.anvil.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says which metrics are not known everywhere, and which pictures come again. */
final class Completeness {
  private Completeness() {}

  static List<Note> notes(List<Post> posts, Columns columns) {
    List<Note> notes = new ArrayList<>();
    for (String metric : columns.metrics()) {
      long unknown = posts.stream().filter(post -> post.metric(metric).isEmpty()).count();
      if (unknown > 0) {
        notes.add(
            Note.of("%s is not known of %d of %d posts".formatted(metric, unknown, posts.size())));
      }
    }
    Map<String, List<Post>> byCreative =
        posts.stream().collect(groupingBy(Post::creative, TreeMap::new, toList()));
    List<List<Post>> reposted =
        byCreative.values().stream().filter(same -> same.size() > 1).toList();
    if (!reposted.isEmpty()) {
      notes.add(
          Note.of(
              "%d of %d creatives are posted more than once, for example %s (%d posts)"
                  .formatted(
                      reposted.size(),
                      byCreative.size(),
                      reposted.get(0).get(0).picture().getFileName(),
                      reposted.get(0).size())));
    }
    return notes;
  }
}
