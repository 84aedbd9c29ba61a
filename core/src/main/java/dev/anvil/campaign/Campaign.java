package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/**
 * The posts that one model is fitted to, oldest first.
 *
 * @param name shown to people
 * @param posts sorted by time, then id
 */
public record Campaign(String name, List<Post> posts) {
  public Campaign {
    requireNonNull(name, "name is null");
    posts =
        posts.stream().sorted(Comparator.comparing(Post::time).thenComparing(Post::id)).toList();
  }
}
