package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A picture as it was decoded.
 *
 * @param notices what a person would want to know of the file, for example that it is an animation
 *     of which one frame was taken; each reads on after the file's name
 */
public record Decoded(Picture picture, List<String> notices) {
  public Decoded {
    requireNonNull(picture, "picture is null");
    notices = List.copyOf(notices);
  }
}
