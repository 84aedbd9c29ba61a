package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Ridge regression: standardised columns, unknown values at the training mean, unpenalised
 * intercept.
 *
 * <p>The fit is exact, by rows or by columns, whichever are fewer. Columns are standardised over
 * all prepared rows; only the target is seen by the rows that are fitted to alone.
 *
 * @param penalty on the squared weights of standardised columns, or empty to choose the one with
 *     the smallest leave-one-group-out error from a grid
 */
public record Ridge(OptionalDouble penalty) implements Trainer {
  public static final String KIND = "ridge";

  /** How its regressors are kept, and which of its trainers fit models. */
  static final RegressorKind FORMAT =
      new RegressorKind() {
        @Override
        public String name() {
          return KIND;
        }

        @Override
        public Regressor read(DataInputStream in) throws IOException {
          return LinearRegressor.read(in);
        }

        @Override
        public List<Trainer> trainers(Learned model) {
          return List.of(
              model.trainer().equals(KIND)
                  ? Ridge.of(Double.parseDouble(model.settings().get("penalty")))
                  : chosen());
        }

        @Override
        public List<Trainer> candidates(int threads, long seed) {
          return List.of(chosen());
        }
      };

  public Ridge {
    requireNonNull(penalty, "penalty is null");
    if (penalty.isPresent() && !(penalty.getAsDouble() > 0)) {
      throw new InvalidInputException(
          "ridge penalty", "found %s; expected more than 0".formatted(penalty.getAsDouble()));
    }
  }

  /** With a penalty chosen by leaving groups out. */
  public static Ridge chosen() {
    return new Ridge(OptionalDouble.empty());
  }

  /** With a given penalty. */
  public static Ridge of(double penalty) {
    return new Ridge(OptionalDouble.of(penalty));
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public boolean isQuick() {
    return true;
  }

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "penalty", penalty.isPresent() ? Double.toString(penalty.getAsDouble()) : "chosen");
  }

  @Override
  public Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context) {
    Training.check(features, target, groups);
    RidgeSystem system = new RidgeSystem(features, context);
    return new RidgeRefitter(
        system, penalty.orElseGet(() -> system.choosePenalty(target, groups, context)));
  }
}
