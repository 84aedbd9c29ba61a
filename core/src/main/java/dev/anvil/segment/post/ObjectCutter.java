package dev.anvil.segment.post;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.image.PilResize.Filter;

/**
 * Makes a mask of a detected object: GrabCut on a reduced copy of its box and a margin around it,
 * enlarged again with a soft edge.
 */
public final class ObjectCutter {
  /** Longer side of the reduced copy, in pixels. */
  private static final int SIDE = 128;

  /** Small objects are enlarged at most so much. */
  private static final double MOST_ENLARGED = 3;

  /** What is looked at around the box, as a share of the box on each side. */
  private static final double MARGIN = .1;

  /** How far an object may reach out of its box, as a share of the box. */
  private static final double REACH = .03;

  private static final int ITERATIONS = 2;

  /** Shares of the undecided pixels that join the object; a cut outside them has failed. */
  private static final double LEAST_JOINED = .05;

  private static final double MOST_JOINED = .98;

  private final Picture picture;
  private final Box box;
  private final Outline outline;
  private final int left;
  private final int top;
  private final Picture window;
  private final Picture reduced;

  private ObjectCutter(Picture picture, Box box, Outline outline) {
    this.picture = picture;
    this.box = box;
    this.outline = outline;
    double dx = Math.max(1, MARGIN * box.width());
    double dy = Math.max(1, MARGIN * box.height());
    this.left = (int) Math.max(0, Math.floor(box.left() - dx));
    this.top = (int) Math.max(0, Math.floor(box.top() - dy));
    int right = (int) Math.min(picture.width(), Math.ceil(box.right() + dx));
    int bottom = (int) Math.min(picture.height(), Math.ceil(box.bottom() + dy));
    this.window = picture.crop(left, top, right - left, bottom - top);
    double scale =
        Math.min(MOST_ENLARGED, (double) SIDE / Math.max(window.width(), window.height()));
    this.reduced =
        PilResize.resize(
            window,
            (int) Math.max(8, Math.round(window.width() * scale)),
            (int) Math.max(8, Math.round(window.height() * scale)),
            Filter.BILINEAR);
  }

  /**
   * The mask of an object.
   *
   * @param mask of the picture's size, in steps of 1/255
   * @param isCut false when colours did not tell the object from its surroundings, so that the mask
   *     is only its usual outline
   */
  public record Cut(Mask mask, boolean isCut) {}

  public static Cut cut(Picture picture, Box box, Outline outline) {
    ObjectCutter cutter = new ObjectCutter(picture, box, outline);
    byte[] states = cutter.states();
    float[] alpha = new float[states.length];
    boolean isCut = false;
    if (hasBackground(states)) {
      boolean[] foreground = GrabCut.cut(cutter.reduced, states, ITERATIONS);
      isCut = isPlausible(states, foreground);
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = foreground[i] ? 1 : 0;
      }
    }
    return new Cut(cutter.enlarge(isCut ? alpha : cutter.usualOutline()), isCut);
  }

  /** What is known of each pixel of the reduced copy before the cut. */
  private byte[] states() {
    byte[] states = new byte[reduced.width() * reduced.height()];
    for (int y = 0, i = 0; y < reduced.height(); y++) {
      double v = across(y, reduced.height(), window.height(), top, box.top(), box.bottom());
      for (int x = 0; x < reduced.width(); x++, i++) {
        double u = across(x, reduced.width(), window.width(), left, box.left(), box.right());
        if (Math.max(Math.abs(u), Math.abs(v)) > 1 + 2 * REACH) {
          states[i] = GrabCut.BACKGROUND;
        } else if (outline.isCore(u, v)) {
          states[i] = GrabCut.FOREGROUND;
        } else {
          states[i] =
              outline.radius(u, v) <= 1 ? GrabCut.LIKELY_FOREGROUND : GrabCut.LIKELY_BACKGROUND;
        }
      }
    }
    return states;
  }

  private float[] usualOutline() {
    float[] alpha = new float[reduced.width() * reduced.height()];
    for (int y = 0, i = 0; y < reduced.height(); y++) {
      double v = across(y, reduced.height(), window.height(), top, box.top(), box.bottom());
      for (int x = 0; x < reduced.width(); x++, i++) {
        double u = across(x, reduced.width(), window.width(), left, box.left(), box.right());
        alpha[i] = outline.radius(u, v) <= 1 ? 1 : 0;
      }
    }
    return alpha;
  }

  /** Where a reduced pixel's centre lies in the box: -1 at its near edge, 1 at its far edge. */
  private static double across(int i, int reduced, int full, int offset, double near, double far) {
    double at = offset + (i + .5) * full / reduced;
    return (2 * at - near - far) / (far - near);
  }

  /** An object that fills the picture leaves nothing to learn the surroundings from. */
  private static boolean hasBackground(byte[] states) {
    for (byte state : states) {
      if (state == GrabCut.BACKGROUND || state == GrabCut.LIKELY_BACKGROUND) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlausible(byte[] states, boolean[] foreground) {
    int undecided = 0;
    int joined = 0;
    for (int i = 0; i < states.length; i++) {
      if (states[i] == GrabCut.LIKELY_FOREGROUND || states[i] == GrabCut.LIKELY_BACKGROUND) {
        undecided++;
        joined += foreground[i] ? 1 : 0;
      }
    }
    return joined >= LEAST_JOINED * undecided && joined <= MOST_JOINED * undecided;
  }

  /** Lays a reduced mask over the picture, its edge softened by about a pixel. */
  private Mask enlarge(float[] alpha) {
    Mask soft = new Mask(reduced.width(), reduced.height(), smooth(alpha));
    Mask full = PilResize.resize(soft, window.width(), window.height(), Filter.BILINEAR);
    float[] out = new float[picture.width() * picture.height()];
    for (int y = 0; y < full.height(); y++) {
      for (int x = 0; x < full.width(); x++) {
        out[(top + y) * picture.width() + left + x] = Math.round(full.get(x, y) * 255) / 255f;
      }
    }
    return new Mask(picture.width(), picture.height(), out);
  }

  /** Means under the weights 1 2 1 across and down; the edges are repeated. */
  private float[] smooth(float[] alpha) {
    int width = reduced.width();
    int height = reduced.height();
    float[] across = new float[alpha.length];
    float[] out = new float[alpha.length];
    for (int i = 0; i < alpha.length; i++) {
      int x = i % width;
      across[i] =
          (alpha[x == 0 ? i : i - 1] + 2 * alpha[i] + alpha[x == width - 1 ? i : i + 1]) / 4;
    }
    for (int i = 0; i < alpha.length; i++) {
      int y = i / width;
      out[i] =
          (across[y == 0 ? i : i - width] + 2 * across[i] + across[y == height - 1 ? i : i + width])
              / 4;
    }
    return out;
  }
}
