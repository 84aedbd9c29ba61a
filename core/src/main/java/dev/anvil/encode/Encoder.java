package dev.anvil.encode;

import dev.anvil.RunContext;
import java.util.List;

/**
 * Turns pictures into embeddings.
 *
 * <p>Preparation (resize, normalise) is separate from inference, so that a pipeline can overlap the
 * two. An embedding does not depend on the batch that it was computed in. Safe for use from several
 * threads.
 */
public interface Encoder extends AutoCloseable {
  /** Names the network and, by hash, its weights: equal ids give equal embeddings. */
  String id();

  /** Named runs of embedding columns, in order: the whole picture first, then its main element. */
  List<Block> blocks();

  /**
   * The same columns split further, where the network has more than one layer to show: {@code
   * whole/Conv_1} is a part of {@code whole}.
   */
  default List<Block> layers() {
    return blocks();
  }

  /** Number of floats of one embedding. */
  default int dimension() {
    return blocks().stream().mapToInt(Block::length).sum();
  }

  /** The network's input for one view. */
  Prepared prepare(View view);

  /**
   * Embeddings of prepared views, one row each, in their order. Columns that the view has no data
   * for (no element was found) are NaN.
   */
  float[][] infer(List<Prepared> batch, RunContext context);

  @Override
  void close();

  /**
   * Columns of an embedding that belong together.
   *
   * @param name for example {@code whole}, {@code element} or {@code place}
   */
  record Block(String name, int length) {}

  /** What a network is told of one view, in the layout of the encoder that prepared it. */
  interface Prepared {}
}
