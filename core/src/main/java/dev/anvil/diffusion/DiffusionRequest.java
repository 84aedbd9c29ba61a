package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.List;
import java.util.Optional;

/**
 * One picture to make.
 *
 * @param width in pixels, a multiple of 8, at least 64
 * @param height as {@code width}
 * @param seed of torch's generator, whose lower 32 bits count
 * @param source what to start from; empty for a picture from the prompt alone
 * @param controls what to hold to; the residuals of several are added
 */
public record DiffusionRequest(
    Recipe recipe,
    int width,
    int height,
    long seed,
    Optional<Source> source,
    List<Control> controls) {
  private static final int LEAST = 64;

  /**
   * A picture to start from; it is resized by Lanczos to the request's size.
   *
   * @param mask 1 where to paint anew; empty to change the whole picture
   * @param strength how far to go from the picture, above 0; 1 keeps nothing of it
   */
  public record Source(Picture picture, Optional<Mask> mask, double strength) {
    public Source {
      requireNonNull(picture, "picture is null");
      requireNonNull(mask, "mask is null");
      if (!(strength > 0 && strength <= 1)) {
        throw new InvalidInputException(
            "strength", "found %s; expected a number above 0 and at most 1".formatted(strength));
      }
    }
  }

  public DiffusionRequest {
    requireNonNull(recipe, "recipe is null");
    requireNonNull(source, "source is null");
    controls = List.copyOf(controls);
    if (width < LEAST || height < LEAST || width % 8 != 0 || height % 8 != 0) {
      throw new InvalidInputException(
          "size", "found %d x %d; expected multiples of 8, at least 64".formatted(width, height));
    }
    for (Control control : controls) {
      if (!control.condition().size().equals(List.of(width, height))) {
        throw new InvalidInputException(
            "control",
            "found a condition of %s; expected %d x %d"
                .formatted(control.condition().size(), width, height));
      }
    }
  }

  /** A picture from the prompt alone. */
  public static DiffusionRequest of(Recipe recipe, int width, int height, long seed) {
    return new DiffusionRequest(recipe, width, height, seed, Optional.empty(), List.of());
  }

  /** The same, starting from a picture. */
  public DiffusionRequest from(Source other) {
    return new DiffusionRequest(recipe, width, height, seed, Optional.of(other), controls);
  }

  /** The same, held to conditions. */
  public DiffusionRequest heldTo(List<Control> others) {
    return new DiffusionRequest(recipe, width, height, seed, source, others);
  }
}
