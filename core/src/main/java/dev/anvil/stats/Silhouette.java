package dev.anvil.stats;

/**
 * How well clusters are apart: for each row, how much nearer it is to its own cluster than to the
 * next one. Source: Rousseeuw, "Silhouettes" (1987).
 */
public final class Silhouette {
  private Silhouette() {}

  /**
   * One value a row, -1 to 1; 0 for a row that is alone in its cluster.
   *
   * @param label cluster of each row, from 0
   * @param clusters at least 2
   */
  public static double[] of(double[][] rows, int[] label, int clusters) {
    if (clusters < 2 || rows.length == 0) {
      throw new IllegalArgumentException(
          "found %d clusters of %d rows; expected at least 2 of 1"
              .formatted(clusters, rows.length));
    }
    int[] size = new int[clusters];
    for (int cluster : label) {
      size[cluster]++;
    }
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = size[label[i]] < 2 ? 0 : of(i, rows, label, size);
    }
    return values;
  }

  private static double of(int row, double[][] rows, int[] label, int[] size) {
    double[] distance = new double[size.length];
    for (int j = 0; j < rows.length; j++) {
      distance[label[j]] += distance(rows[row], rows[j]);
    }
    double own = distance[label[row]] / (size[label[row]] - 1);
    double next = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < size.length; cluster++) {
      if (cluster != label[row] && size[cluster] > 0) {
        next = Math.min(next, distance[cluster] / size[cluster]);
      }
    }
    double larger = Math.max(own, next);
    return larger == 0 || Double.isInfinite(next) ? 0 : (next - own) / larger;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }
}
