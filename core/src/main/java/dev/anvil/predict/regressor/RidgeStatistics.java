package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Standardisation;
import java.io.Serializable;

/**
 * All that ridge regression needs to know of rows, which may be counted in parts and in places that
 * do not know each other: what {@link #add} takes of one row and {@link #merge} of other rows.
 *
 * <p>Sums are of deviations from each column's first known value, so that columns far from zero
 * lose no digits, and are moved to a common centre when they are merged. Parts that are merged in
 * the same order give the same bits. Memory is {@code 8 * columns * columns} bytes, three times as
 * much where rows have unknown values. Not safe for use from several threads.
 */
public final class RidgeStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int columns;
  private final double[] centre;
  private final boolean[] isCentred;
  private double targetCentre;

  /** Rows in which every value is known, and sums of their deviations. */
  private long wholeRows;

  private final double[] wholeSums;

  private long rows;
  private final double[] products;
  private final double[] targetProducts;
  private double targetSum;
  private double wholeTargetSum;

  /** Of rows with unknown values alone; empty where there is none. */
  private double[] partSums = new double[0];

  private double[] partCounts = new double[0];
  private double[] partTargetSums = new double[0];

  /**
   * Of no rows yet.
   *
   * @param columns at least 1
   */
  public RidgeStatistics(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException(
          "found %d columns; expected at least 1".formatted(columns));
    }
    this.columns = columns;
    this.centre = new double[columns];
    this.isCentred = new boolean[columns];
    this.wholeSums = new double[columns];
    this.products = new double[Math.multiplyExact(columns, columns)];
    this.targetProducts = new double[columns];
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /**
   * Adds a row.
   *
   * @param features one per column, NaN where unknown
   * @param target finite
   */
  public void add(float[] features, double target) {
    if (features.length != columns) {
      throw new IllegalArgumentException(
          "found %d features; expected %d".formatted(features.length, columns));
    }
    if (!Double.isFinite(target)) {
      throw new IllegalArgumentException(
          "found the target %s; expected a finite one".formatted(target));
    }
    if (rows == 0) {
      targetCentre = target;
    }
    double[] deviations = new double[columns];
    boolean isWhole = true;
    for (int k = 0; k < columns; k++) {
      if (Float.isNaN(features[k])) {
        isWhole = false;
      } else {
        if (!isCentred[k]) {
          centre[k] = features[k];
          isCentred[k] = true;
        }
        deviations[k] = features[k] - centre[k];
      }
    }
    double deviation = target - targetCentre;
    rows++;
    targetSum += deviation;
    for (int j = 0; j < columns; j++) {
      addRow(products, j, deviations[j], deviations);
    }
    Dense.add(deviation, deviations, 0, targetProducts);
    if (isWhole) {
      wholeRows++;
      wholeTargetSum += deviation;
      Dense.add(1, deviations, 0, wholeSums);
    } else {
      addPart(features, deviations, deviation);
    }
  }

  private void addPart(float[] features, double[] deviations, double deviation) {
    havePart();
    double[] known = new double[columns];
    for (int k = 0; k < columns; k++) {
      known[k] = Float.isNaN(features[k]) ? 0 : 1;
    }
    for (int j = 0; j < columns; j++) {
      addRow(partSums, j, deviations[j], known);
      addRow(partCounts, j, known[j], known);
    }
    Dense.add(deviation, known, 0, partTargetSums);
  }

  private void havePart() {
    if (partSums.length == 0) {
      partSums = new double[columns * columns];
      partCounts = new double[columns * columns];
      partTargetSums = new double[columns];
    }
  }

  private void addRow(double[] matrix, int row, double factor, double[] values) {
    if (factor != 0) {
      int at = row * columns;
      for (int k = 0; k < columns; k++) {
        matrix[at + k] += factor * values[k];
      }
    }
  }

  /** Sum of the deviations of column j over the rows in which column k is known too. */
  private double sum(int j, int k) {
    return wholeSums[j] + (partSums.length == 0 ? 0 : partSums[j * columns + k]);
  }

  /** Number of rows in which both columns are known. */
  private double count(int j, int k) {
    return wholeRows + (partCounts.length == 0 ? 0 : partCounts[j * columns + k]);
  }

  /** Sum of the target's deviations over the rows in which column k is known. */
  private double targetSum(int k) {
    return wholeTargetSum + (partTargetSums.length == 0 ? 0 : partTargetSums[k]);
  }

  /**
   * Adds other rows, whose statistics are changed by it and must not be used any more.
   *
   * @throws IllegalArgumentException when they have other columns
   */
  public void merge(RidgeStatistics other) {
    if (other.columns != columns) {
      throw new IllegalArgumentException(
          "found %d columns; expected %d".formatted(other.columns, columns));
    }
    if (other.rows == 0) {
      return;
    }
    for (int k = 0; k < columns; k++) {
      if (!isCentred[k] && other.isCentred[k]) {
        centre[k] = other.centre[k]; // nothing was summed of this column
        isCentred[k] = true;
      }
    }
    if (rows == 0) {
      targetCentre = other.targetCentre;
    }
    other.moveTo(centre, targetCentre);
    rows += other.rows;
    wholeRows += other.wholeRows;
    targetSum += other.targetSum;
    wholeTargetSum += other.wholeTargetSum;
    Dense.add(1, other.products, 0, products);
    Dense.add(1, other.targetProducts, 0, targetProducts);
    Dense.add(1, other.wholeSums, 0, wholeSums);
    if (other.partSums.length > 0) {
      havePart();
      Dense.add(1, other.partSums, 0, partSums);
      Dense.add(1, other.partCounts, 0, partCounts);
      Dense.add(1, other.partTargetSums, 0, partTargetSums);
    }
  }

  /** Sums of deviations from other values instead. */
  private void moveTo(double[] newCentre, double newTargetCentre) {
    double[] by = new double[columns];
    for (int k = 0; k < columns; k++) {
      by[k] = isCentred[k] ? centre[k] - newCentre[k] : 0;
      centre[k] = newCentre[k];
    }
    double targetBy = targetCentre - newTargetCentre;
    targetCentre = newTargetCentre;
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < columns; k++) {
        products[j * columns + k] +=
            by[j] * sum(k, j) + by[k] * sum(j, k) + by[j] * by[k] * count(j, k);
      }
      targetProducts[j] +=
          by[j] * targetSum(j) + targetBy * sum(j, j) + by[j] * targetBy * count(j, j);
    }
    targetSum += targetBy * rows;
    wholeTargetSum += targetBy * wholeRows;
    for (int j = 0; j < columns; j++) {
      wholeSums[j] += by[j] * wholeRows;
      if (partSums.length > 0) {
        for (int k = 0; k < columns; k++) {
          partSums[j * columns + k] += by[j] * partCounts[j * columns + k];
        }
        partTargetSums[j] += targetBy * partCounts[j * columns + j];
      }
    }
  }

  /**
   * The ridge regression of all rows, as {@link Ridge#of} fits it but for rounding: columns
   * standardised, unknown values at their mean, the intercept not penalised. These statistics are
   * changed by it and must not be used any more.
   *
   * @param penalty on the squared weights of standardised columns, more than 0
   * @throws InvalidInputException when there are fewer than two rows, or the penalty is not more
   *     than 0
   */
  public Regressor solve(double penalty) {
    if (rows < 2) {
      throw new InvalidInputException("rows", "found %d; expected at least 2".formatted(rows));
    }
    if (!(penalty > 0)) {
      throw new InvalidInputException(
          "ridge penalty", "found %s; expected more than 0".formatted(penalty));
    }
    double[] means = new double[columns];
    for (int k = 0; k < columns; k++) {
      means[k] = centre[k] + sum(k, k) / Math.max(1, count(k, k));
    }
    double mean = targetCentre + targetSum / rows;
    moveTo(means, mean);
    double[] squares = new double[columns];
    double[] counts = new double[columns];
    for (int k = 0; k < columns; k++) {
      squares[k] = products[k * columns + k];
      counts[k] = count(k, k);
    }
    Standardisation scale = Standardisation.of(means, squares, counts);
    double[] inverse = scale.inverseSds();
    double[] gram = new double[columns * columns];
    double[] right = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < columns; k++) {
        gram[j * columns + k] = products[j * columns + k] * inverse[j] * inverse[k];
      }
      gram[j * columns + j] += penalty;
      right[j] = targetProducts[j] * inverse[j];
    }
    double[] weights = Dense.factor(gram, columns).solve(right);
    double[] perUnit = new double[columns];
    for (int k = 0; k < columns; k++) {
      perUnit[k] = weights[k] * inverse[k];
    }
    return new LinearRegressor(means, scale.reach(RidgeSystem.REACH), perUnit, mean);
  }
}
