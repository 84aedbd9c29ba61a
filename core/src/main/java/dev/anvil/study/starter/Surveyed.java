package dev.anvil.study.starter;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import java.util.Collection;

/**
 * A post as a starter study looks at it.
 *
 * @param group of near-duplicates that its picture belongs to
 * @param whole embedding of the whole picture
 */
record Surveyed(Post post, int group, float[] whole) {
  Surveyed {
    requireNonNull(post, "post is null");
    requireNonNull(whole, "whole is null");
  }

  /** How many different pictures posts show: near-duplicates count once. */
  static int pictures(Collection<Surveyed> posts) {
    return (int) posts.stream().mapToInt(Surveyed::group).distinct().count();
  }

  /** For comments. */
  String fileName() {
    return post.picture().getFileName().toString();
  }
}
