package dev.anvil.predict;

import java.util.Map;

/** Fits a kind of regressor. Same inputs, same settings, same machine: equal regressors. */
public interface Trainer {
  /** Short name for tables, for example {@code xgboost-paper}. */
  String name();

  /** Every setting, by its usual name, for provenance. */
  Map<String, String> settings();

  /**
   * Fits to all rows.
   *
   * @param features one row per post
   * @param target one finite value per row
   * @param groups one number per row; rows of one group must not be divided between training and
   *     validation when the trainer holds some back (early stopping, choosing a penalty)
   */
  Regressor train(Matrix features, double[] target, int[] groups);
}
