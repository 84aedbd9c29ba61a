package dev.anvil.predict.regressor;

import dev.anvil.RunContext;
import java.util.Map;

/**
 * Fits a regressor to subsets of rows that it was prepared for, all with the same choices. Safe for
 * use from several threads.
 */
public interface Refitter {
  /** What was chosen from data, by its usual name, for provenance; empty if nothing was. */
  Map<String, String> choices();

  /**
   * Does the work for a subset that does not depend on the target.
   *
   * @param rows at least two of the prepared rows, each at most once
   */
  Subset on(int[] rows);

  /** Rows to fit to, with any number of targets. */
  interface Subset {
    /**
     * Fits.
     *
     * @param target one finite value per row of the subset, in its order
     * @throws dev.anvil.CancelledException when the work is to stop
     */
    Regressor fit(double[] target, RunContext context);
  }
}
