package dev.anvil.lab.paper;

import dev.anvil.lab.Showroom;
import java.nio.file.Path;

/**
 * The studies of the paper's experiments on a showroom, besides the showroom's own.
 *
 * @param showroom that they are on
 */
public record PaperFiles(Showroom showroom) {
  /** Edits by Stable Diffusion and a ControlNet. */
  Path generative() {
    return showroom.folder().resolve("paper/generative.yaml");
  }

  /** The same contrasts on pictures that were rendered again. */
  Path exact() {
    return showroom.folder().resolve("paper/exact.yaml");
  }

  /** Pictures made from words alone. */
  Path generated() {
    return showroom.folder().resolve("paper/generated.yaml");
  }
}
