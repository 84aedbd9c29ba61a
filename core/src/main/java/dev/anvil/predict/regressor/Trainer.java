package dev.anvil.predict.regressor;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import java.util.Map;
import java.util.stream.IntStream;

/** Fits a kind of regressor. Same inputs, same settings, same machine: equal regressors. */
public interface Trainer {
  /** Short name for tables, for example {@code xgboost-paper}. */
  String name();

  /** Every setting, by its usual name, for provenance. */
  Map<String, String> settings();

  /**
   * Makes all choices that depend on data (a penalty, a number of trees) once, from all rows, so
   * that fits to subsets of these rows are cheap and alike.
   *
   * @param features one row per post
   * @param target one finite value per row
   * @param groups one number per row; rows of one group are never divided between training and
   *     validation when a choice is made
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context);

  /**
   * Whether its regressors are {@link Explained}: they have Shapley values, without which
   * predictions cannot be taken apart.
   */
  boolean explains();

  /** Whether fitting another target to the same rows takes next to no time. */
  default boolean isQuick() {
    return false;
  }

  /** Fits to all rows; parameters as in {@link #prepare}. */
  default Regressor train(
      Matrix features, double[] target, int[] groups, RunContext context) {
    int[] all = IntStream.range(0, features.rows()).toArray();
    return prepare(features, target, groups, context).on(all).fit(target, context);
  }
}
