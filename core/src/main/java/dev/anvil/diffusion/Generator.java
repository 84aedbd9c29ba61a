package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes pictures without a source, from a prompt alone or held to conditions; all of one recipe,
 * that differ in their seeds.
 *
 * @param diffusion stays open for as long as the generator is used
 * @param width in pixels, a multiple of 8, at least 64
 * @param height as {@code width}
 */
public record Generator(
    LatentDiffusion diffusion, Recipe recipe, int width, int height, List<Control> controls) {
  public Generator {
    requireNonNull(diffusion, "diffusion is null");
    controls = List.copyOf(controls);
    new DiffusionRequest(recipe, width, height, 0, Optional.empty(), controls);
  }

  /** The same with another prompt. */
  public Generator withPrompt(String prompt) {
    return new Generator(diffusion, recipe.withPrompt(prompt), width, height, controls);
  }

  /** The picture of a seed. */
  public Generated generate(long seed, RunContext context) {
    return diffusion.generate(
        DiffusionRequest.of(recipe, width, height, seed).heldTo(controls), context);
  }

  /** Everything that shapes the pictures but the seed, for provenance. */
  public Map<String, String> parameters() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("pack", diffusion.id());
    out.putAll(recipe.describe());
    out.put("size", width + "x" + height);
    out.put("control", controls.stream().map(Control::describe).toList().toString());
    return out;
  }
}
