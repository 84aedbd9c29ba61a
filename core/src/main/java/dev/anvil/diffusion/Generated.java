package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Picture;

/**
 * A picture that was made.
 *
 * @param refused whether the pack's safety checker does not want it shown
 */
public record Generated(Picture picture, boolean refused) {
  /** Why a refused picture is not used. */
  public static final String REFUSAL = "the model pack's safety checker refused the picture";

  public Generated {
    requireNonNull(picture, "picture is null");
  }
}
