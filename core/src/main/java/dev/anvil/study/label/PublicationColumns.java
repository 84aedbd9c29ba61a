package dev.anvil.study.label;

import dev.anvil.campaign.Post;
import dev.anvil.tags.TagColumn;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where posts were published: metadata columns of few values that are no factor. */
public final class PublicationColumns {
  /** A column with more values is rather a name or a number than a kind of post. */
  private static final int MOST_VALUES = 20;

  private PublicationColumns() {}

  /**
   * The columns, in the order of their names.
   *
   * @param labels of the factors, which are left out
   */
  public static List<TagColumn> of(List<Post> posts, List<TagColumn> labels) {
    Set<String> factors = labels.stream().map(TagColumn::name).collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    posts.forEach(post -> names.addAll(post.metadata().keySet()));
    return names.stream()
        .filter(name -> !factors.contains(name))
        .map(
            name ->
                new TagColumn(
                    name, posts.stream().map(p -> p.metadata().getOrDefault(name, "")).toList()))
        .filter(c -> c.levels().size() > 1 && c.levels().size() <= MOST_VALUES)
        .toList();
  }
}
