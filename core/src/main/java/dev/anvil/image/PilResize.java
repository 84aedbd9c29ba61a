package dev.anvil.image;

import java.util.Arrays;

/**
 * Resizes as the Python Imaging Library does, bit for bit for 8-bit pictures.
 *
 * <p>Every output pixel is a weighted mean of the input pixels under a kernel that is stretched by
 * the scale when shrinking, so that shrinking does not alias. The horizontal pass comes first and
 * is rounded to 8 bits; weights are 22-bit fixed point. Networks such as CLIP were trained on
 * pictures resized in this way. Source: docs/model-contracts.md section 1.3, checked against Pillow
 * 12.3.
 */
public final class PilResize {
  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  /** A resampling kernel. */
  public enum Filter {
    /** The input pixel under each output pixel's centre. */
    NEAREST(0) {
      @Override
      double at(double x) {
        return 1;
      }
    },
    BOX(.5) {
      @Override
      double at(double x) {
        return x > -.5 && x <= .5 ? 1 : 0;
      }
    },
    BILINEAR(1) {
      @Override
      double at(double x) {
        return Math.max(0, 1 - Math.abs(x));
      }
    },
    HAMMING(1) {
      @Override
      double at(double x) {
        return Math.abs(x) < 1 ? sinc(x) * (.54 + .46 * Math.cos(x * Math.PI)) : 0;
      }
    },
    /** Keys' cubic with a = -0.5. */
    BICUBIC(2) {
      @Override
      double at(double x) {
        double d = Math.abs(x);
        if (d < 1) {
          return (1.5 * d - 2.5) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * -.5 : 0;
      }
    },
    LANCZOS(3) {
      @Override
      double at(double x) {
        return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
      }
    };

    private final double support;

    Filter(double support) {
      this.support = support;
    }

    abstract double at(double x);

    private static double sinc(double x) {
      return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }
  }

  private PilResize() {}

  /** A picture of the asked size; the same picture when it has that size already. */
  public static Picture resize(Picture picture, int width, int height, Filter filter) {
    return resize(picture, new Size(width, height), new Part(0, 0, width, height), filter);
  }

  /**
   * A part of a resized picture, in the resized picture's pixels: at least 1 x 1, within it.
   *
   * @param left first column
   * @param top first row
   */
  record Part(int left, int top, int width, int height) {}

  /**
   * A part of what {@link #resize(Picture, int, int, Filter)} gives, bit for bit. Time and memory
   * are those of the part, however long and thin the picture is.
   */
  static Picture resize(Picture picture, Size size, Part part, Filter filter) {
    Taps across = Taps.of(picture.width(), size.width(), part.left(), part.width(), filter);
    Taps down = Taps.of(picture.height(), size.height(), part.top(), part.height(), filter);
    boolean keepsHeight = size.height() == picture.height();
    Rows rows = keepsHeight ? Rows.of(picture, part.top(), part.height()) : Rows.of(picture, down);
    if (size.width() != picture.width()) {
      rows = rows.with(horizontal(rows.rgb, picture.width(), rows.count, across), part.width());
    } else if (part.width() != picture.width()) {
      Picture kept = new Picture(picture.width(), rows.count, rows.rgb);
      rows = rows.with(kept.crop(part.left(), 0, part.width(), rows.count).rgb(), part.width());
    }
    if (!keepsHeight) {
      return new Picture(
          part.width(), part.height(), vertical(rows.rgb, rows.width, down, rows.first));
    }
    return rows.rgb == picture.rgb() ? picture : new Picture(part.width(), part.height(), rows.rgb);
  }

  /** The rows of a picture that a part needs; {@code first} is the number of the first. */
  private record Rows(byte[] rgb, int width, int first, int count) {
    static Rows of(Picture picture, Taps down) {
      int last = down.first.length - 1;
      int first = down.first[0];
      return of(picture, first, down.first[last] + down.count[last] - first);
    }

    static Rows of(Picture picture, int first, int count) {
      byte[] rgb = picture.rgb();
      int stride = picture.width() * 3;
      return new Rows(
          count == picture.height()
              ? rgb
              : Arrays.copyOfRange(rgb, first * stride, (first + count) * stride),
          picture.width(),
          first,
          count);
    }

    Rows with(byte[] other, int otherWidth) {
      return new Rows(other, otherWidth, first, count);
    }
  }

  /** A mask of the asked size, by the same kernels without rounding, kept within 0 to 1. */
  public static Mask resize(Mask mask, int width, int height, Filter filter) {
    return width == mask.width() && height == mask.height()
        ? mask
        : resize(mask, new Size(width, height), new Part(0, 0, width, height), filter);
  }

  /** A part of what {@link #resize(Mask, int, int, Filter)} gives, bit for bit. */
  static Mask resize(Mask mask, Size size, Part part, Filter filter) {
    int width = part.width();
    int height = part.height();
    Taps across = Taps.of(mask.width(), size.width(), part.left(), width, filter);
    Taps down = Taps.of(mask.height(), size.height(), part.top(), height, filter);
    float[] in = mask.alpha();
    float[] rows = new float[width * mask.height()];
    boolean[] isEmpty = emptyRows(mask); // most rows of most masks
    for (int y = 0; y < mask.height(); y++) {
      if (isEmpty[y]) {
        continue;
      }
      for (int x = 0, o = y * width; x < width; x++, o++) {
        double sum = 0;
        int from = y * mask.width() + across.first[x];
        for (int k = 0, w = x * across.size; k < across.count[x]; k++) {
          sum += in[from + k] * across.exact[w + k];
        }
        rows[o] = (float) sum;
      }
    }
    float[] out = new float[width * height];
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      boolean isZero = true;
      for (int k = 0; k < down.count[y]; k++) {
        double weight = down.exact[y * down.size + k];
        int from = (down.first[y] + k) * width;
        if (!isEmpty[down.first[y] + k]) {
          isZero = false;
          for (int x = 0; x < width; x++) {
            sums[x] += rows[from + x] * weight;
          }
        }
      }
      for (int x = 0; x < width && !isZero; x++) {
        out[y * width + x] = (float) Math.max(0, Math.min(1, sums[x]));
      }
    }
    return new Mask(width, height, out);
  }

  private static boolean[] emptyRows(Mask mask) {
    boolean[] isEmpty = new boolean[mask.height()];
    for (int y = 0; y < isEmpty.length; y++) {
      int i = y * mask.width();
      int end = i + mask.width();
      while (i < end && mask.alpha()[i] == 0) {
        i++;
      }
      isEmpty[y] = i == end;
    }
    return isEmpty;
  }

  private static byte[] horizontal(byte[] in, int width, int height, Taps taps) {
    int outWidth = taps.first.length;
    byte[] out = new byte[outWidth * height * 3];
    int[] weights = taps.fixed;
    for (int y = 0, o = 0; y < height; y++) {
      int row = y * width * 3;
      for (int x = 0; x < outWidth; x++, o += 3) {
        int r = HALF;
        int g = HALF;
        int b = HALF;
        int i = row + taps.first[x] * 3;
        int w = x * taps.size;
        for (int end = w + taps.count[x]; w < end; w++, i += 3) {
          int weight = weights[w];
          r += (in[i] & 255) * weight;
          g += (in[i + 1] & 255) * weight;
          b += (in[i + 2] & 255) * weight;
        }
        out[o] = clamp(r);
        out[o + 1] = clamp(g);
        out[o + 2] = clamp(b);
      }
    }
    return out;
  }

  /**
   * @param firstRow number of the first row in {@code in}
   */
  private static byte[] vertical(byte[] in, int width, Taps taps, int firstRow) {
    int stride = width * 3;
    int height = taps.first.length;
    byte[] out = new byte[stride * height];
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      for (int k = 0; k < taps.count[y]; k++) {
        int weight = taps.fixed[y * taps.size + k];
        int from = (taps.first[y] - firstRow + k) * stride;
        for (int i = 0; i < stride; i++) {
          sums[i] += (in[from + i] & 255) * weight;
        }
      }
      for (int i = 0, o = y * stride; i < stride; i++, o++) {
        out[o] = clamp(sums[i]);
      }
    }
    return out;
  }

  private static byte clamp(int fixed) {
    return (byte) Math.max(0, Math.min(255, fixed >> BITS));
  }

  /**
   * The input pixels and weights of output pixels along one axis.
   *
   * @param first first input pixel of each output pixel
   * @param count number of input pixels of each output pixel
   * @param size weights reserved for each output pixel
   * @param exact weights that sum to 1
   * @param fixed the same in 22-bit fixed point
   */
  private record Taps(int[] first, int[] count, int size, double[] exact, int[] fixed) {
    /** Those of output pixels {@code from} to {@code from + length - 1} of {@code out}. */
    static Taps of(int in, int out, int from, int length, Filter filter) {
      if (out < 1 || from < 0 || length < 1 || from + length > out) {
        throw new IllegalArgumentException(
            "found %d pixels from %d of a size of %d; expected at least 1 within it"
                .formatted(length, from, out));
      }
      double scale = (double) in / out;
      double stretch = Math.max(scale, 1);
      double support = filter.support * stretch;
      int size = (int) Math.ceil(support) * 2 + 1;
      int[] first = new int[length];
      int[] count = new int[length];
      double[] exact = new double[length * size];
      int[] fixed = new int[length * size];
      double shrink = 1 / stretch;
      double walked = scale * .5; // Pillow's rounding of ties for NEAREST
      for (int o = 0; o < from; o++) {
        walked += scale; // as one after the other, for the same rounding
      }
      for (int o = 0; o < length; o++) {
        double centre = (from + o + .5) * scale;
        boolean nearest = filter == Filter.NEAREST;
        int lo =
            nearest ? Math.min(in - 1, (int) walked) : Math.max(0, (int) (centre - support + .5));
        int hi = nearest ? lo + 1 : Math.min(in, (int) (centre + support + .5));
        walked += scale;
        first[o] = lo;
        count[o] = hi - lo;
        double sum = 0;
        for (int k = 0; k < hi - lo; k++) {
          double weight = filter.at((k + lo - centre + .5) * shrink);
          exact[o * size + k] = weight;
          sum += weight;
        }
        for (int k = o * size; k < o * size + hi - lo; k++) {
          exact[k] = sum == 0 ? exact[k] : exact[k] / sum;
          fixed[k] = (int) (exact[k] * (1 << BITS) + (exact[k] < 0 ? -.5 : .5));
        }
      }
      return new Taps(first, count, size, exact, fixed);
    }
  }
}
