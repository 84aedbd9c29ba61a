package dev.anvil.segment.post;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Size;
import java.util.Optional;

/**
 * How a network's coarse planes become planes of the picture's size.
 *
 * @param before a first interpolation; empty when there is one only
 * @param last to {@code width} x {@code height}
 */
public record Enlarging(int width, int height, Optional<Bilinear> before, Bilinear last) {
  public Enlarging {
    requireNonNull(before, "before is null");
    requireNonNull(last, "last is null");
  }

  /** At once. */
  public static Enlarging direct(Maps planes, int width, int height) {
    return new Enlarging(
        width,
        height,
        Optional.empty(),
        new Bilinear(planes.width(), planes.height(), width, height));
  }

  /** To the size of the network's input, from there to the picture's. */
  public static Enlarging through(Size frame, Maps planes, int width, int height) {
    return new Enlarging(
        width,
        height,
        Optional.of(new Bilinear(planes.width(), planes.height(), frame.width(), frame.height())),
        new Bilinear(frame.width(), frame.height(), width, height));
  }

  /** The plane that begins at an offset, enlarged. */
  public float[] plane(float[] values, int from) {
    return before
        .map(b -> last.resize(b.resize(values, from), 0))
        .orElseGet(() -> last.resize(values, from));
  }
}
