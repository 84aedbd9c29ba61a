package dev.anvil.predict.regressor;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Dense;
import java.util.Map;

/** Ridge regression at one penalty on subsets that share standardisation and Gram matrix. */
record RidgeRefitter(RidgeSystem system, double penalty) implements Refitter {
  /** Factors up to this order, 18 MB each, are kept; a design has about twenty. */
  private static final int LARGEST_KEPT = 1500;

  @Override
  public Map<String, String> choices() {
    return Map.of("penalty", Double.toString(penalty));
  }

  @Override
  public Subset on(int[] rows) {
    if (system.order(rows) > LARGEST_KEPT) {
      return (target, context) ->
          system.solve(rows, system.factor(rows, penalty, context), target);
    }
    Dense.Factor factor = system.factor(rows, penalty, RunContext.NONE);
    return (target, context) -> system.solve(rows, factor, target);
  }
}
