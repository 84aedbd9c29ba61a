package dev.anvil.image;

import java.util.Arrays;

/**
 * 64 bits that stay nearly the same when a picture is rescaled, recompressed or slightly toned.
 *
 * <p>Bit {@code 8 v + u}, the highest first, tells whether the cosine coefficient (u, v) of the
 * grey 32 x 32 picture is above the median of the lowest 8 x 8. Source: Zauner, "Implementation and
 * benchmarking of perceptual image hash functions" (2010); grey and size as Pillow's {@code L} and
 * Lanczos.
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 32;
  private static final int KEPT = 8;
  private static final double[][] COSINE = new double[KEPT][SIDE];

  static {
    for (int k = 0; k < KEPT; k++) {
      for (int i = 0; i < SIDE; i++) {
        COSINE[k][i] = Math.cos(Math.PI * k * (2 * i + 1) / (2 * SIDE));
      }
    }
  }

  /** The hash of a picture. */
  public static PerceptualHash of(Picture picture) {
    Picture small = PilResize.resize(grey(picture), SIDE, SIDE, PilResize.Filter.LANCZOS);
    double[] low = lowFrequencies(small);
    double[] sorted = low.clone();
    Arrays.sort(sorted);
    double median = (sorted[31] + sorted[32]) / 2;
    long bits = 0;
    for (double value : low) {
      bits = bits << 1 | (value > median ? 1 : 0);
    }
    return new PerceptualHash(bits);
  }

  /** Number of differing bits, 0 to 64; near-duplicates differ in about 10 or fewer. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  private static Picture grey(Picture picture) {
    byte[] rgb = picture.rgb();
    byte[] out = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i += 3) {
      int l =
          ((rgb[i] & 255) * 19595 + (rgb[i + 1] & 255) * 38470 + (rgb[i + 2] & 255) * 7471 + 32768)
              >> 16;
      out[i] = (byte) l;
      out[i + 1] = (byte) l;
      out[i + 2] = (byte) l;
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  private static double[] lowFrequencies(Picture grey) {
    double[] out = new double[KEPT * KEPT];
    for (int v = 0; v < KEPT; v++) {
      for (int u = 0; u < KEPT; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          double row = 0;
          for (int x = 0; x < SIDE; x++) {
            row += grey.get(x, y, 0) * COSINE[u][x];
          }
          sum += row * COSINE[v][y];
        }
        out[v * KEPT + u] = sum;
      }
    }
    return out;
  }
}
