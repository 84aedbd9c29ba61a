package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Colours given by their primaries and a curve, brought to sRGB (Lindbloom, "RGB/XYZ matrices";
 * white points are adapted after Bradford).
 *
 * @param matrix from their linear light to that of sRGB, by rows
 * @param exponent their samples are linear light raised to it; {@link #SRGB_EXPONENT} stands for
 *     the curve of sRGB
 */
record RgbColours(double[] matrix, double exponent) {
  static final double SRGB_EXPONENT = .45455;

  /** x and y of white, red, green and blue, in the order of PNG's cHRM. */
  static final double[] SRGB_POINTS = {.3127, .329, .64, .33, .3, .6, .15, .06};

  private static final double[] BRADFORD = {
    .8951, .2664, -.1614, -.7502, 1.7135, .0367, .0389, -.0685, 1.0296
  };

  static final RgbColours DISPLAY_P3 =
      of(new double[] {.3127, .329, .68, .32, .265, .69, .15, .06}, SRGB_EXPONENT).orElseThrow();

  /** Rounding of files that mean sRGB: matrix entries, exponents. */
  private static final double SAME = .01;

  /** Empty when the numbers are those of no colours. */
  static Optional<RgbColours> of(double[] points, double exponent) {
    double[] from = toXyz(points);
    double[] back = inverse(toXyz(SRGB_POINTS));
    double[] matrix = times(back, times(adaptation(points), from));
    for (double value : matrix) {
      if (!Double.isFinite(value) || Math.abs(value) > 10) {
        return Optional.empty();
      }
    }
    return exponent > .01 && exponent < 10
        ? Optional.of(new RgbColours(matrix, exponent))
        : Optional.empty();
  }

  /** Whether conversion would change nothing but rounding. */
  boolean isSrgb() {
    double most = isSrgbCurve() ? 0 : 1;
    for (int i = 0; i < 9; i++) {
      most = Math.max(most, Math.abs(matrix[i] - (i % 4 == 0 ? 1 : 0)));
    }
    return most < SAME;
  }

  private boolean isSrgbCurve() {
    return Math.abs(exponent - SRGB_EXPONENT) < SAME;
  }

  /** A copy in sRGB; transparency stays. Greys have no primaries, only their curve counts. */
  BufferedImage toSrgb(BufferedImage image) {
    int width = image.getWidth();
    boolean alpha = image.getColorModel().hasAlpha();
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    BufferedImage out =
        new BufferedImage(
            width,
            image.getHeight(),
            alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    double[] linear = new double[256];
    for (int v = 0; v < 256; v++) {
      linear[v] = isSrgbCurve() ? OkLab.linear(v) : Math.pow(v / 255., 1 / exponent);
    }
    int[] row = new int[width];
    int depth = image.getRaster().getSampleModel().getSampleSize(0);
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int rgb = row[x];
        if (grey) {
          int v = (int) (image.getRaster().getSample(x, y, 0) * 255L / ((1L << depth) - 1));
          rgb = v << 16 | v << 8 | v;
        }
        row[x] = (row[x] & 0xff000000) | srgb(rgb, linear, grey);
      }
      out.setRGB(0, y, width, 1, row, 0, width);
    }
    return out;
  }

  private int srgb(int rgb, double[] linear, boolean grey) {
    double r = linear[rgb >> 16 & 255];
    double g = linear[rgb >> 8 & 255];
    double b = linear[rgb & 255];
    int packed = 0;
    for (int c = 0; c < 9; c += 3) {
      double light = grey ? r : matrix[c] * r + matrix[c + 1] * g + matrix[c + 2] * b;
      packed = packed << 8 | OkLab.srgb(light);
    }
    return packed;
  }

  private static double[] toXyz(double[] points) {
    double[] columns = new double[9];
    for (int c = 0; c < 3; c++) {
      double x = points[2 + 2 * c];
      double y = points[3 + 2 * c];
      columns[c] = x / y;
      columns[3 + c] = 1;
      columns[6 + c] = (1 - x - y) / y;
    }
    double[] scale = apply(inverse(columns), white(points));
    for (int i = 0; i < 9; i++) {
      columns[i] *= scale[i % 3];
    }
    return columns;
  }

  private static double[] white(double[] points) {
    return new double[] {
      points[0] / points[1], 1, (1 - points[0] - points[1]) / points[1],
    };
  }

  private static double[] adaptation(double[] points) {
    double[] from = apply(BRADFORD, white(points));
    double[] to = apply(BRADFORD, white(SRGB_POINTS));
    double[] scaled = BRADFORD.clone();
    for (int i = 0; i < 9; i++) {
      scaled[i] *= to[i / 3] / from[i / 3];
    }
    return times(inverse(BRADFORD), scaled);
  }

  private static double[] apply(double[] m, double[] v) {
    double[] out = new double[3];
    for (int i = 0; i < 9; i++) {
      out[i / 3] += m[i] * v[i % 3];
    }
    return out;
  }

  private static double[] times(double[] a, double[] b) {
    double[] out = new double[9];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        out[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
      }
    }
    return out;
  }

  private static double[] inverse(double[] m) {
    double[] out = new double[9];
    for (int i = 0; i < 9; i++) {
      int r = i % 3;
      int c = i / 3;
      int r1 = (r + 1) % 3;
      int r2 = (r + 2) % 3;
      int c1 = (c + 1) % 3;
      int c2 = (c + 2) % 3;
      out[i] = m[r1 * 3 + c1] * m[r2 * 3 + c2] - m[r1 * 3 + c2] * m[r2 * 3 + c1];
    }
    double determinant = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
    for (int i = 0; i < 9; i++) {
      out[i] /= determinant;
    }
    return out;
  }
}
