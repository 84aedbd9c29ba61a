package dev.anvil.edit;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.packs.ModelPack;
import java.util.List;

/**
 * Has a pack's network fill a hole in pictures made for this: what it gives must be finite numbers,
 * and must differ from picture to picture.
 */
public final class InpainterProbe {
  private InpainterProbe() {}

  /**
   * What is wrong with the network; nothing when it is sound.
   *
   * @throws InvalidInputException when it is no inpainter
   */
  public static List<Problem> problems(ModelPack pack) {
    try (Inpainter inpainter = Inpainter.open(pack, 1)) {
      return inpainter.problems(RunContext.NONE);
    }
  }
}
