package dev.anvil.predict.regressor;

import dev.anvil.predict.matrix.Matrix;

/**
 * Features to predicted target. Immutable; safe for use from several threads. One that was closed
 * predicts no more.
 */
public interface Regressor extends AutoCloseable {
  /** One prediction per row, on the scale of the target that it was trained on. */
  double[] predict(Matrix features);

  /** All that {@code RegressorIo.read} needs to make an equal regressor. */
  byte[] toBytes();

  /** Frees native memory, where there is some, after the calls that are under way. */
  @Override
  default void close() {}
}
