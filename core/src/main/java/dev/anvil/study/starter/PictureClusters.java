package dev.anvil.study.starter;

import dev.anvil.stats.KMeans;
import dev.anvil.stats.Silhouette;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pictures that look alike as a whole, which mostly means that their backgrounds do.
 *
 * @param space that distances are measured in
 * @param clusters of places in it
 * @param silhouettes how well each cluster is apart from the others, to 1
 * @param silhouette the mean over pictures
 */
record PictureClusters(
    PictureSpace space, KMeans clusters, double[] silhouettes, double silhouette) {
  /** Twice as many as there may be levels: the best number must not be the last one tried. */
  private static final int MOST = 2 * Enough.LEVELS;

  private static final int STARTS = 5;

  /**
   * "No substantial structure has been found" below it (Kaufman and Rousseeuw, "Finding Groups in
   * Data", 1990, table 4 of chapter 2).
   */
  private static final double APART = .25;

  /**
   * Clusters pictures into the number of clusters that are apart best.
   *
   * @param embeddings of whole pictures, of near-duplicates one
   * @return empty where the pictures form no clusters
   */
  static Optional<PictureClusters> of(float[][] embeddings, long seed) {
    if (embeddings.length < 2 * Enough.PICTURES) {
      return Optional.empty();
    }
    PictureSpace space = PictureSpace.of(embeddings, seed);
    double[][] places = Arrays.stream(embeddings).map(space::place).toArray(double[][]::new);
    double[] weights = new double[places.length];
    Arrays.fill(weights, 1);
    Optional<PictureClusters> best = Optional.empty();
    for (int k = 2; k <= MOST; k++) {
      KMeans found = KMeans.best(places, weights, k, STARTS, seed);
      double[] apart = Silhouette.of(places, found.label(), k);
      double mean = Arrays.stream(apart).average().orElseThrow();
      if (mean >= APART && best.filter(b -> b.silhouette() >= mean).isEmpty()) {
        best = Optional.of(new PictureClusters(space, found, byCluster(found, apart), mean));
      }
    }
    return best;
  }

  private static double[] byCluster(KMeans clusters, double[] apart) {
    double[] sum = new double[clusters.centres().length];
    int[] size = new int[sum.length];
    for (int i = 0; i < apart.length; i++) {
      sum[clusters.label()[i]] += apart[i];
      size[clusters.label()[i]]++;
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= Math.max(1, size[c]);
    }
    return sum;
  }

  /** Whether the pictures of a cluster look alike, and unlike others. */
  boolean isApart(int cluster) {
    return silhouettes[cluster] >= APART;
  }

  int count() {
    return clusters.centres().length;
  }

  /** The cluster of a picture, from 0. */
  int of(float[] embedding) {
    return clusters.nearest(space.place(embedding));
  }
}
