package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Whether and how new pictures differ from those learned from.
 *
 * @param drift the test; empty where there are too few months for one
 * @param alarm whether they are of another kind
 * @param unlike new pictures that are least like the old ones, the least first
 * @param leftBehind old pictures that are least like the new ones, the least first
 * @param elements what they show, the element that became commonest first
 */
public record PictureChange(
    Optional<PictureDrift> drift,
    boolean alarm,
    List<Picture> unlike,
    List<Picture> leftBehind,
    List<ElementChange> elements) {

  /**
   * The picture of a post.
   *
   * @param post its id
   * @param file its name
   */
  public record Picture(String post, String file) {}

  public PictureChange {
    requireNonNull(drift, "drift is null");
    unlike = List.copyOf(unlike);
    leftBehind = List.copyOf(leftBehind);
    elements = List.copyOf(elements);
  }
}
