package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * A fit to be made.
   *
   * @param target one finite value per row of the subset, in its order
   */
  record Fit(Subset subset, double[] target) {
    public Fit {
      requireNonNull(subset, "subset is null");
      requireNonNull(target, "target is null");
    }
  }

  /**
   * Makes fits that do not depend on each other, each of them whole.
   *
   * @param fits to subsets of this refitter
   * @param phase one step per fit
   * @return regressors in the order of the fits
   * @throws dev.anvil.CancelledException when the work is to stop; what was fitted is closed
   */
  default List<Regressor> fitEach(List<Fit> fits, Phase phase) {
    List<Regressor> fitted = new ArrayList<>();
    try {
      for (Fit fit : fits) {
        fitted.add(fit.subset().fit(fit.target(), phase.context()));
        phase.step(1);
      }
      return fitted;
    } catch (RuntimeException e) {
      fitted.forEach(Regressor::close);
      throw e;
    }
  }
}
