package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the pictures of each account look like on average, by column. Taken out of features, so that
 * a regressor learns from differences within accounts alone (Mundlak 1978; docs/method.md section
 * 10). Serialises with Jackson. Arrays are read only.
 *
 * @param byAccount one mean per column; NaN where an account has no known value
 * @param typical mean over accounts, each counting alike: what a new account is taken to be like
 */
public record AccountMeans(Map<String, float[]> byAccount, float[] typical) {
  public AccountMeans {
    byAccount = Map.copyOf(byAccount);
    requireNonNull(typical, "typical is null");
  }

  /**
   * Learns means.
   *
   * @param accounts one per row of the features
   * @param rows to learn from
   */
  public static AccountMeans fit(Matrix features, List<String> accounts, int[] rows) {
    Map<String, IntStream.Builder> rowsOf = new TreeMap<>();
    for (int row : rows) {
      rowsOf.computeIfAbsent(accounts.get(row), a -> IntStream.builder()).add(row);
    }
    Map<String, float[]> means = new TreeMap<>();
    rowsOf.forEach((account, own) -> means.put(account, mean(features, own.build().toArray())));
    Matrix all = Matrix.of(means.values().toArray(float[][]::new));
    return new AccountMeans(means, mean(all, IntStream.range(0, all.rows()).toArray()));
  }

  private static float[] mean(Matrix features, int[] rows) {
    double[] sums = new double[features.columns()];
    int[] counts = new int[features.columns()];
    for (int row : rows) {
      for (int k = 0; k < sums.length; k++) {
        float value = features.get(row, k);
        if (!Float.isNaN(value)) {
          sums[k] += value;
          counts[k]++;
        }
      }
    }
    float[] means = new float[sums.length];
    for (int k = 0; k < means.length; k++) {
      means[k] = (float) (sums[k] / counts[k]);
    }
    return means;
  }

  /** Features less the mean of their account; of an account never seen, less the typical mean. */
  public Matrix centre(Matrix features, List<String> accounts) {
    float[] values = features.values().clone();
    int columns = features.columns();
    for (int i = 0; i < features.rows(); i++) {
      float[] mean = byAccount.getOrDefault(accounts.get(i), typical);
      for (int k = 0; k < columns; k++) {
        // a value where the account never had one is compared with what is typical
        float taken = Float.isNaN(mean[k]) ? typical[k] : mean[k];
        values[i * columns + k] -= Float.isNaN(taken) ? 0 : taken;
      }
    }
    Matrix centred = new Matrix(features.rows(), columns, values);
    return features.isWeighted() ? centred.withWeights(features.weights()) : centred;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountMeans o
        && Arrays.equals(typical, o.typical)
        && byAccount.keySet().equals(o.byAccount.keySet())
        && byAccount.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), o.byAccount.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * byAccount.keySet().hashCode() + Arrays.hashCode(typical);
  }
}
