package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/** Continues a picture over a hole in it. */
interface HoleFill {
  /**
   * A picture of the source's size that is filled where the hole is.
   *
   * @param hole above 0 where the source must not be looked at; of the source's size
   * @param bounds of the hole
   * @param seed for whatever is drawn at random
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Picture fill(Picture source, Mask hole, Box bounds, long seed, RunContext context);
}
