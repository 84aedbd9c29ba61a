package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.OkLabPicture;
import dev.anvil.stats.KMeans;
import java.util.Arrays;
import java.util.Optional;

/**
 * The painted part of an element, such as a car's body without its windows and tyres.
 *
 * @param colour the paint's median colour
 * @param membership how surely each pixel is paint, 0 to 1
 */
record Paint(OkLab colour, Mask membership) {
  private static final int CLUSTERS = 6;
  private static final int SAMPLES = 6000;

  /** Whether the paint has a hue to go by; the others are white, black or silver. */
  boolean isColoured() {
    return isColoured(colour);
  }

  static boolean isColoured(OkLab colour) {
    return colour.chroma() > Math.max(.045, .1 * colour.l());
  }

  /**
   * Finds the paint inside a mask; empty when the mask is.
   *
   * <p>The colours under the mask are clustered; the cluster that is large, near the middle and
   * colourful is the paint.
   */
  static Optional<Paint> find(OkLabPicture lab, Mask mask) {
    Optional<Box> bounds = mask.bounds();
    if (bounds.isEmpty()) {
      return Optional.empty();
    }
    Box box = bounds.get();
    int[] pixels = sample(mask);
    double[][] rows = new double[pixels.length][];
    double[] weights = new double[pixels.length];
    for (int k = 0; k < pixels.length; k++) {
      int i = pixels[k];
      rows[k] = new double[] {.7 * lab.l()[i], 1.6 * lab.a()[i], 1.6 * lab.b()[i]};
      weights[k] = bodyPrior(box, i % lab.width(), i / lab.width());
    }
    KMeans clusters = KMeans.of(rows, weights, Math.min(CLUSTERS, rows.length), 1);
    double[] start = dominant(clusters, weights);
    OkLab colour = new OkLab(start[0] / .7, start[1] / 1.6, start[2] / 1.6);
    for (int round = 0; round < 3; round++) {
      colour = median(lab, pixels, weights, colour);
    }
    return Optional.of(new Paint(colour, PaintRegion.of(lab, mask, box, colour)));
  }

  private static int[] sample(Mask mask) {
    int[] inside = new int[mask.alpha().length];
    int n = 0;
    for (int i = 0; i < inside.length; i++) {
      if (mask.alpha()[i] > .5f) {
        inside[n++] = i;
      }
    }
    int step = Math.max(1, n / SAMPLES);
    int[] out = new int[(n + step - 1) / step];
    for (int k = 0; k < out.length; k++) {
      out[k] = inside[k * step];
    }
    return out;
  }

  /** A car's paint is seldom at the wheels' height and seldom at the very edge. */
  private static double bodyPrior(Box box, int x, int y) {
    double across = (x + .5 - box.left()) / box.width();
    double down = (y + .5 - box.top()) / box.height();
    double middle = 1 - .5 * Math.abs(2 * across - 1);
    double height =
        down < .3 ? .5 + down / .6 : down < .75 ? 1 : Math.max(.1, 1 - 3 * (down - .75));
    return middle * height;
  }

  private static double[] dominant(KMeans clusters, double[] weights) {
    double[] share = new double[clusters.centres().length];
    for (int i = 0; i < weights.length; i++) {
      share[clusters.label()[i]] += weights[i];
    }
    int best = 0;
    double most = -1;
    for (int c = 0; c < share.length; c++) {
      double[] centre = clusters.centres()[c];
      double chroma = Math.hypot(centre[1], centre[2]) / 1.6;
      double score = share[c] * (1 + 15 * Math.max(0, chroma - .03));
      if (score > most) {
        most = score;
        best = c;
      }
    }
    return clusters.centres()[best];
  }

  private static OkLab median(OkLabPicture lab, int[] pixels, double[] weights, OkLab colour) {
    double[] l = new double[pixels.length];
    double[] a = new double[pixels.length];
    double[] b = new double[pixels.length];
    int n = 0;
    for (int k = 0; k < pixels.length; k++) {
      OkLab pixel = lab.at(pixels[k]);
      if (weights[k] > .4 && PaintRegion.likeness(pixel, colour, 0) > .5) {
        l[n] = pixel.l();
        a[n] = pixel.a();
        b[n++] = pixel.b();
      }
    }
    return n < 10 ? colour : new OkLab(middle(l, n), middle(a, n), middle(b, n));
  }

  private static double middle(double[] values, int n) {
    double[] sorted = Arrays.copyOf(values, n);
    Arrays.sort(sorted);
    return sorted[n / 2];
  }
}
