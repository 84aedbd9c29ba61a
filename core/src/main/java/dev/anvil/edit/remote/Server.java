package dev.anvil.edit.remote;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.Size;
import java.util.Map;

/**
 * A kind of server that repaints pictures (docs/model-contracts.md section 8.7). Takes care of its
 * own polarity and form.
 */
interface Server {
  /**
   * What is sent.
   *
   * @param picture of the size that {@link #canvas} gave
   * @param mask 1 = repaint, 0 = keep, nothing between; of the same size
   * @param seed 0 to 2^32 - 1
   */
  record Ask(Picture picture, Mask mask, Generation generation, long seed) {}

  /** What of a generation this kind of server heeds, and its own settings, for provenance. */
  Map<String, String> describe(Generation generation);

  /** The size at which the server works on a part of a picture. */
  Size canvas(Box part);

  /**
   * Asks the server.
   *
   * @return a picture file of the canvas's size
   * @throws ServerException when the server does not do it
   */
  byte[] repaint(Ask ask, RunContext context);
}
