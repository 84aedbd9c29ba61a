package dev.anvil.edit;

import dev.anvil.image.Convolution;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/**
 * What a filled region shows of having been filled. Each measure is compared with the picture's own
 * surroundings, so that a busy picture may have a busy border.
 *
 * @param seam step of brightness across the region's border, in units of the usual step across a
 *     line of the same shape a little further out; 1 is usual
 * @param texture fineness of the pattern within the region, in units of that around it; 1 is usual,
 *     0 is flat
 * @param residue correlation of the region's fine detail with that of the source, -1 to 1; about 0
 *     where another thing is shown, above it where the source shines through
 */
public record Traces(double seam, double texture, double residue) {
  /** Pixels on each side of a line that a step is measured over. */
  private static final double REACH = 3;

  /** How far out the line lies that is compared with, as a multiple of the reach. */
  private static final double OUT = 4;

  /** A step of so many grey values is no trace, even on plain ground. */
  private static final double NOISE = 4;

  private static final double FINE_NOISE = 1;

  /** Pixels without which nothing can be said of a region's detail. */
  private static final int LEAST = 50;

  /**
   * Measures a region of an edited picture; nothing unusual where there is too little of it or
   * around it.
   */
  static Traces of(Picture source, Picture picture, Mask region) {
    float[] light = light(picture);
    Mask inside = region.threshold(.5);
    Mask further = inside.dilated(OUT * REACH).threshold(.5);
    Mask ring = further.minus(inside.dilated(1));
    if (inside.bounds().isEmpty() || ring.bounds().isEmpty()) {
      return new Traces(1, 1, 0);
    }
    double seam =
        (step(light, inside, Mask.full(picture.width(), picture.height())) + NOISE)
            / (step(light, further, inside.inverted()) + NOISE);
    Mask core = inside.eroded(2);
    if (core.coverage() * light.length < LEAST) {
      return new Traces(seam, 1, 0);
    }
    double texture =
        (fineness(light, core, picture.width()) + FINE_NOISE)
            / (fineness(light, ring, picture.width()) + FINE_NOISE);
    return new Traces(seam, texture, residue(light(source), light, core, picture.width()));
  }

  private static float[] light(Picture picture) {
    byte[] rgb = picture.rgb();
    float[] light = new float[rgb.length / 3];
    for (int i = 0; i < light.length; i++) {
      light[i] =
          .299f * (rgb[i * 3] & 255)
              + .587f * (rgb[i * 3 + 1] & 255)
              + .114f * (rgb[i * 3 + 2] & 255);
    }
    return light;
  }

  /**
   * Mean difference of the mean brightness on both sides of a mask's border.
   *
   * @param known where pixels count
   */
  private static double step(float[] light, Mask mask, Mask known) {
    int w = mask.width();
    int h = mask.height();
    float[] weights = Convolution.gaussian(REACH);
    float[] in = new float[light.length];
    float[] out = new float[light.length];
    float[] lightIn = new float[light.length];
    float[] lightOut = new float[light.length];
    for (int i = 0; i < light.length; i++) {
      in[i] = known.alpha()[i] * mask.alpha()[i];
      out[i] = known.alpha()[i] * (1 - mask.alpha()[i]);
      lightIn[i] = in[i] * light[i];
      lightOut[i] = out[i] * light[i];
    }
    float[] shareIn = Convolution.plane(in, w, h, weights);
    float[] shareOut = Convolution.plane(out, w, h, weights);
    float[] meanIn = Convolution.plane(lightIn, w, h, weights);
    float[] meanOut = Convolution.plane(lightOut, w, h, weights);
    double sum = 0;
    int n = 0;
    for (int i = 0; i < light.length; i++) {
      if (isBorder(mask, i) && shareIn[i] > .1f && shareOut[i] > .1f) {
        sum += Math.abs(meanIn[i] / shareIn[i] - meanOut[i] / shareOut[i]);
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private static boolean isBorder(Mask mask, int i) {
    int w = mask.width();
    int x = i % w;
    float[] a = mask.alpha();
    return a[i] > .5f
        && ((x > 0 && a[i - 1] <= .5f)
            || (x < w - 1 && a[i + 1] <= .5f)
            || (i >= w && a[i - w] <= .5f)
            || (i + w < a.length && a[i + w] <= .5f));
  }

  /** Mean absolute Laplacian. */
  private static double fineness(float[] light, Mask mask, int w) {
    double sum = 0;
    double weight = 0;
    for (int i = w + 1; i < light.length - w - 1; i++) {
      if (mask.alpha()[i] > .5f) {
        sum += Math.abs(detail(light, i, w));
        weight++;
      }
    }
    return weight == 0 ? 0 : sum / weight / 4;
  }

  private static double detail(float[] light, int i, int w) {
    return 4 * light[i] - light[i - 1] - light[i + 1] - light[i - w] - light[i + w];
  }

  private static double residue(float[] before, float[] after, Mask mask, int w) {
    double both = 0;
    double ofBefore = 0;
    double ofAfter = 0;
    for (int i = w + 1; i < after.length - w - 1; i++) {
      if (mask.alpha()[i] > .5f) {
        double b = detail(before, i, w);
        double a = detail(after, i, w);
        both += a * b;
        ofBefore += b * b;
        ofAfter += a * a;
      }
    }
    return ofBefore == 0 || ofAfter == 0 ? 0 : both / Math.sqrt(ofBefore * ofAfter);
  }
}
