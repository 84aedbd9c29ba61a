package dev.anvil.predict.regressor;

import dev.anvil.predict.matrix.Matrix;

/** Features to predicted target. Immutable; safe for use from several threads. */
public interface Regressor {
  /** One prediction per row, on the scale of the target that it was trained on. */
  double[] predict(Matrix features);

  /** All that {@code RegressorIo.read} needs to make an equal regressor. */
  byte[] toBytes();
}
