package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.diffusion.Generated;
import dev.anvil.diffusion.Generator;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a generated picture anew from other words and the same noise, so that pictures of one seed
 * differ by their words alone. Of its source it takes nothing.
 */
public final class Reimagine implements Editor {
  /** Made by studies of generated pictures: its parameter is {@code word}. */
  static final EditorKind KIND = EditorKind.ofStudies("generate", EditorKind.Scope.GENERATED);

  private final Generator generator;
  private final long seed;

  /**
   * An editor of one picture.
   *
   * @param generator with the other words
   * @param seed that the source was made with
   */
  public Reimagine(Generator generator, long seed) {
    this.generator = requireNonNull(generator, "generator is null");
    this.seed = seed;
  }

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>(generator.parameters());
    all.put("seed", Long.toString(seed));
    return all;
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public boolean movesElements() {
    return true;
  }

  /** Minutes, without a graphics card. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  /** The source may have the level already. */
  @Override
  public boolean mustChange(EditRequest request) {
    return false;
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Generated made = generator.generate(seed, context);
    Picture picture = made.picture();
    return new Edited(
        picture,
        Mask.full(picture.width(), picture.height()),
        Optional.empty(),
        made.refused() ? Optional.of(Generated.REFUSAL) : Optional.empty());
  }
}
