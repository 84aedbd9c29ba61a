package dev.anvil.lab.paper;

import java.nio.file.Path;

/**
 * Where the showroom lies, and the studies of the paper's experiments on it.
 *
 * @param showroom its folder
 */
public record PaperFiles(Path showroom) {
  /** Edits by Stable Diffusion and a ControlNet. */
  Path generative() {
    return showroom.resolve("paper/generative.yaml");
  }

  /** The same contrasts by editors that paint nothing anew. */
  Path deterministic() {
    return showroom.resolve("study.yaml");
  }

  /** The same contrasts on pictures that were rendered again. */
  Path exact() {
    return showroom.resolve("paper/exact.yaml");
  }

  /** Pictures made from words alone. */
  Path generated() {
    return showroom.resolve("paper/generated.yaml");
  }

  /** What the campaign's pictures show. */
  Path scenes() {
    return showroom.resolve("campaign/scenes.csv");
  }

  /** The world that the likes come from. */
  Path world() {
    return showroom.resolve("worlds/default.yaml");
  }
}
