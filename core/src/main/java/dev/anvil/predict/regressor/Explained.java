package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Matrix;

/** A regressor that says which columns its predictions come from. */
public interface Explained extends Regressor {
  /**
   * The same regressor.
   *
   * @throws InvalidInputException if it has no Shapley values
   */
  static Explained of(Regressor regressor) {
    if (regressor instanceof Explained explained) {
      return explained;
    }
    throw new InvalidInputException(
        "regressor", "found one without Shapley values; expected ridge, trees or a blend");
  }

  /** What each column adds to each prediction. */
  Contributions contributions(Matrix features);

  /**
   * Shapley values: base plus a row's sum is the prediction.
   *
   * @param base what is predicted for the training posts on average
   * @param byColumn one row per post, one value per column. Read only.
   */
  record Contributions(double base, double[][] byColumn) {
    public Contributions {
      requireNonNull(byColumn, "byColumn is null");
    }
  }
}
