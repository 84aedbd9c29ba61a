package dev.anvil.predict.regressor;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.matrix.Standardisation;
import dev.anvil.predict.split.Folds;
import dev.anvil.predict.split.Groups;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Standardised features and, when there are more columns than rows, their Gram matrix. Where rows
 * have weights, squared errors count by them.
 */
final class RidgeSystem {
  /** Penalties tried, as powers of ten times the mean eigenvalue of the centred Gram matrix. */
  private static final double[] POWERS =
      IntStream.rangeClosed(-8, 8).mapToDouble(i -> i / 2.0).toArray();

  /** Standard deviations from the mean beyond which a value counts no further. */
  static final double REACH = 6;

  private final Standardisation standardisation;
  private final int rows;
  private final int columns;
  private final double[] data;
  private final double[] rowGram;
  private final double[] rowWeights;
  private final boolean isWeighted;

  RidgeSystem(Matrix features, RunContext context) {
    this.standardisation = Standardisation.of(features);
    this.rows = features.rows();
    this.columns = features.columns();
    this.data = standardisation.apply(features);
    this.rowWeights = features.weights();
    this.isWeighted = features.isWeighted();
    this.rowGram =
        columns > rows
            ? Dense.gram(
                Dense.transpose(data, rows, columns),
                /* rows= */ columns,
                /* columns= */ rows,
                context)
            : new double[0];
  }

  /** The penalty of the grid with the smallest squared leave-one-group-out error. */
  double choosePenalty(double[] target, int[] groups, RunContext context) {
    Collection<int[]> members = Groups.members(groups).values();
    Folds.requireSeveral(members.size());
    LeaveGroupsOut leaveOut = leaveGroupsOut(target, context);
    double unit = leaveOut.meanEigenvalue() > 0 ? leaveOut.meanEigenvalue() : 1;
    double best = Double.NaN;
    double smallest = Double.POSITIVE_INFINITY;
    for (double power : POWERS) {
      context.checkCancelled();
      double penalty = unit * Math.pow(10, power);
      double squares = Arrays.stream(leaveOut.errors(penalty, members)).map(e -> e * e).sum();
      if (squares < smallest) {
        smallest = squares;
        best = penalty;
      }
    }
    return best;
  }

  LeaveGroupsOut leaveGroupsOut(double[] target, RunContext context) {
    int[] all = IntStream.range(0, rows).toArray();
    // without weights data is centred as it is: it was standardised over all rows
    return new LeaveGroupsOut(
        gram(all, context),
        Math.min(rows, columns),
        columns > rows,
        isWeighted && columns <= rows ? scaledRows(all) : data,
        scaled(all, centred(all, target)),
        rowWeights);
  }

  /** Factor of the centred Gram matrix of a subset plus the penalty, of the smaller order. */
  Dense.Factor factor(int[] chosen, double penalty, RunContext context) {
    double[] gram = gram(chosen, context);
    int order = order(chosen);
    for (int i = 0; i < order; i++) {
      gram[i * order + i] += penalty;
    }
    return Dense.factor(gram, order);
  }

  /** Order of the system that a subset is solved by. */
  int order(int[] chosen) {
    return columns > rows ? chosen.length : columns;
  }

  private double[] gram(int[] chosen, RunContext context) {
    if (columns > rows) {
      double[] gram = Dense.principal(rowGram, rows, chosen);
      if (!isWeighted) {
        Dense.centre(gram, chosen.length);
        return gram;
      }
      Dense.centre(gram, shares(chosen));
      for (int i = 0; i < chosen.length; i++) {
        for (int j = 0; j < chosen.length; j++) {
          gram[i * chosen.length + j] *= Math.sqrt(rowWeights[chosen[i]] * rowWeights[chosen[j]]);
        }
      }
      return gram;
    }
    return Dense.gram(scaledRows(chosen), chosen.length, columns, context);
  }

  /** Features less their weighted means, scaled by the roots of the weights. */
  private double[] scaledRows(int[] chosen) {
    double[] means = means(chosen);
    double[] scaled = new double[chosen.length * columns];
    for (int i = 0; i < chosen.length; i++) {
      double root = Math.sqrt(rowWeights[chosen[i]]);
      for (int k = 0; k < columns; k++) {
        scaled[i * columns + k] = root * (data[chosen[i] * columns + k] - means[k]);
      }
    }
    return scaled;
  }

  /** Weights of the regression of a subset's target on its features. */
  LinearRegressor solve(int[] chosen, Dense.Factor factor, double[] target) {
    double[] scaledTarget = scaled(chosen, centred(chosen, target));
    double[] weights;
    // scaled once more, the target and its solution sum to zero: the features' means drop out
    if (columns > rows) {
      weights = weightedSum(chosen, scaled(chosen, factor.solve(scaledTarget)));
    } else {
      weights = factor.solve(weightedSum(chosen, scaled(chosen, scaledTarget)));
    }
    double intercept = mean(chosen, target) - Dense.dot(means(chosen), 0, weights);
    double[] perUnit = new double[columns];
    for (int k = 0; k < columns; k++) {
      perUnit[k] = weights[k] * standardisation.inverseSds()[k];
    }
    return new LinearRegressor(
        standardisation.means(), standardisation.reach(REACH), perUnit, intercept);
  }

  private double[] weightedSum(int[] chosen, double[] factors) {
    double[] out = new double[columns];
    for (int i = 0; i < chosen.length; i++) {
      Dense.add(factors[i], data, chosen[i] * columns, out);
    }
    return out;
  }

  private double[] means(int[] chosen) {
    return weightedSum(chosen, shares(chosen));
  }

  private double[] shares(int[] chosen) {
    double[] shares = Training.select(rowWeights, chosen);
    double sum = Dense.sum(shares, 0, shares.length);
    return Arrays.stream(shares).map(w -> w / sum).toArray();
  }

  private double mean(int[] chosen, double[] target) {
    if (!isWeighted) {
      return Dense.sum(target, 0, target.length) / target.length;
    }
    return Dense.dot(shares(chosen), 0, target);
  }

  private double[] centred(int[] chosen, double[] target) {
    double mean = mean(chosen, target);
    return Arrays.stream(target).map(y -> y - mean).toArray();
  }

  private double[] scaled(int[] chosen, double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.sqrt(rowWeights[chosen[i]]) * values[i])
        .toArray();
  }
}
