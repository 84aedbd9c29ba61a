package dev.anvil.segment.post;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The class of each pixel (docs/model-contracts.md sections 4.2, 4.4).
 *
 * @param classes {@code width * height} ids of classes, row by row from the top
 */
public record ClassMap(int width, int height, int[] classes) {
  /** Values of a plane that are worked on together; with a class's sums they fit the cache. */
  private static final int TILE = 1024;

  public ClassMap {
    requireNonNull(classes, "classes is null");
  }

  /** The class whose interpolated score is highest at each pixel, of equal ones the first. */
  public static ClassMap of(Maps scores, Enlarging enlarging) {
    float[] best = enlarging.plane(scores.values(), 0);
    int[] classes = new int[best.length];
    for (int c = 1; c < scores.count(); c++) {
      float[] plane = enlarging.plane(scores.values(), scores.offset(c));
      for (int i = 0; i < best.length; i++) {
        if (plane[i] > best[i]) {
          best[i] = plane[i];
          classes[i] = c;
        }
      }
    }
    return new ClassMap(enlarging.width(), enlarging.height(), classes);
  }

  /**
   * Scores of classes from queries: the sum over queries of the class's probability times the
   * mask's, "nothing" left out after the softmax.
   */
  public static Maps scores(Queries queries) {
    Maps masks = queries.masks();
    int area = masks.area();
    int classes = queries.classCount();
    float[] out = new float[Math.multiplyExact(classes, area)];
    float[] tile = new float[TILE * masks.count()];
    float[] sums = new float[TILE];
    for (int from = 0; from < area; from += TILE) {
      int size = Math.min(TILE, area - from);
      for (int q = 0; q < masks.count(); q++) {
        for (int i = 0; i < size; i++) {
          tile[q * TILE + i] = Maps.sigmoid(masks.values()[masks.offset(q) + from + i]);
        }
      }
      for (int c = 0; c < classes; c++) {
        Arrays.fill(sums, 0);
        for (int q = 0; q < masks.count(); q++) {
          float weight = queries.classes()[q][c];
          for (int i = 0, t = q * TILE; i < size; i++, t++) {
            sums[i] += weight * tile[t];
          }
        }
        System.arraycopy(sums, 0, out, c * area + from, size);
      }
    }
    return new Maps(classes, masks.height(), masks.width(), out);
  }

  /**
   * How sure each class's pixels are: the mean over them of the class's share of all classes at the
   * nearest coarse pixel; 0 for a class without pixels.
   *
   * @param scores from which this map was made
   * @param isLogit whether scores are logits, of which the share is the softmax
   */
  public double[] confidences(Maps scores, boolean isLogit) {
    float[] tops = new float[scores.area()]; // of each pixel, so that no power overflows
    Arrays.fill(tops, isLogit ? Float.NEGATIVE_INFINITY : 0);
    for (int i = 0; isLogit && i < scores.values().length; i++) {
      int at = i % tops.length;
      tops[at] = Math.max(tops[at], scores.values()[i]);
    }
    double[] totals = new double[tops.length];
    for (int i = 0; i < scores.values().length; i++) {
      int at = i % tops.length;
      totals[at] += weight(scores.values()[i], tops[at], isLogit);
    }
    double[] sums = new double[scores.count()];
    int[] pixels = new int[scores.count()];
    for (int y = 0; y < height; y++) {
      int row = (int) ((long) y * scores.height() / height) * scores.width();
      for (int x = 0; x < width; x++) {
        int c = classes[y * width + x];
        int at = row + (int) ((long) x * scores.width() / width);
        sums[c] += weight(scores.values()[scores.offset(c) + at], tops[at], isLogit) / totals[at];
        pixels[c]++;
      }
    }
    for (int c = 0; c < sums.length; c++) {
      sums[c] = pixels[c] == 0 ? 0 : Math.min(1, sums[c] / pixels[c]);
    }
    return sums;
  }

  private static double weight(float score, float top, boolean isLogit) {
    return isLogit ? Math.exp(score - top) : score;
  }
}
