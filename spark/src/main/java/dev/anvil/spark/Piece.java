package dev.anvil.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What executors do with a batch of items: rooms of core, on stores that collect what is put into
 * them.
 */
interface Piece extends Serializable {
  /**
   * Does them.
   *
   * @return those that could not be done, and why
   * @throws dev.anvil.AnvilException when nothing can be done here at all, such as for lack of a
   *     pack
   */
  List<ItemProblem> work(List<Item> items, ExecutorParts parts) throws IOException;
}
