package dev.anvil.predict;

import java.util.Map;

/** Ridge regression at one penalty on subsets that share standardisation and Gram matrix. */
record RidgeRefitter(RidgeSystem system, double penalty) implements Refitter {
  @Override
  public Map<String, String> choices() {
    return Map.of("penalty", Double.toString(penalty));
  }

  @Override
  public Subset on(int[] rows) {
    Dense.Factor factor = system.factor(rows, penalty);
    return target -> system.solve(rows, factor, target);
  }
}
