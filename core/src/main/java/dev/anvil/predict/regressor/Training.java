package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.predict.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Checks that every trainer and regressor makes. */
public final class Training {
  private Training() {}

  public static void check(Matrix features, double[] target, int[] groups) {
    List<Problem> problems = new ArrayList<>();
    int rows = features.rows();
    if (rows < 2) {
      problems.add(new Problem("features", "found %d rows; expected at least 2".formatted(rows)));
    }
    if (target.length != rows) {
      problems.add(
          new Problem("target", "found %d values; expected %d".formatted(target.length, rows)));
    }
    if (groups.length != rows) {
      problems.add(
          new Problem("groups", "found %d numbers; expected %d".formatted(groups.length, rows)));
    }
    for (int i = 0; i < target.length; i++) {
      if (!Double.isFinite(target[i])) {
        problems.add(
            new Problem(
                "target row " + i, "found %s; expected a finite number".formatted(target[i])));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  public static void checkColumns(int expected, Matrix features) {
    if (features.columns() != expected) {
      throw new InvalidInputException(
          "features",
          "found %d columns; expected %d, as in training".formatted(features.columns(), expected));
    }
  }

  public static double[] select(double[] values, int[] rows) {
    double[] out = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = values[rows[i]];
    }
    return out;
  }

  public static int[] select(int[] values, int[] rows) {
    int[] out = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = values[rows[i]];
    }
    return out;
  }
}
