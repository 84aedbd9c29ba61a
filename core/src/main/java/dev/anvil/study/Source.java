package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.image.Mask;

/**
 * A creative that a study edits.
 *
 * @param post where it was published; its metadata and time go with every variant
 * @param group of near-duplicates that it belongs to
 * @param main mask of its main element, with which its variants are looked at too
 */
record Source(Post post, int group, Mask main) {
  Source {
    requireNonNull(post, "post is null");
    requireNonNull(main, "main is null");
  }
}
