package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Fills a hole with pieces of what surrounds it, from coarse to fine.
 *
 * <p>Every patch over the hole is matched to its most similar patch elsewhere, and every pixel of
 * the hole becomes the mean of what its patches propose, again and again. Sources: Wexler,
 * Shechtman and Irani, "Space-time completion of video" (2007); Barnes et al., "PatchMatch" (2009).
 */
final class PatchFill {
  private static final int RADIUS = 3;
  private static final int ROUNDS = 4;
  private static final int SEARCHES = 3;
  private static final int COARSEST = 24;

  /** So many patches are searched for between two looks whether the work is to stop. */
  private static final int CHECKED = 1024;

  private final int width;
  private final int height;
  private final float[] rgb;
  private final boolean[] hole;

  /** Centres of patches that touch the hole, and where each one's match lies. */
  private final int[] targets;

  private final int[] match;
  private final float[] cost;

  /** Centres of patches that are whole and outside the hole. */
  private final boolean[] source;

  private final int sources;

  private PatchFill(int width, int height, float[] rgb, boolean[] hole) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.hole = hole;
    this.match = new int[width * height];
    this.cost = new float[width * height];
    this.source = new boolean[width * height];
    int[] found = new int[width * height];
    int n = 0;
    int whole = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean touches = touchesHole(x, y);
        if (touches) {
          found[n++] = y * width + x;
        } else if (x >= RADIUS && y >= RADIUS && x < width - RADIUS && y < height - RADIUS) {
          source[y * width + x] = true;
          whole++;
        }
      }
    }
    this.targets = Arrays.copyOf(found, n);
    this.sources = whole;
  }

  /**
   * A picture whose hole is filled.
   *
   * @param hole above one half where to fill
   * @param seed for the random search
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  static Picture fill(Picture picture, Mask hole, long seed, RunContext context) {
    Picture filled = picture;
    Mask open = hole.threshold(.5);
    boolean small = Math.min(picture.width(), picture.height()) < 2 * COARSEST;
    SplittableRandom random = new SplittableRandom(seed);
    if (small || open.eroded(2).bounds().isEmpty()) {
      filled = new Picture(picture.width(), picture.height(), diffused(picture, open, context));
    } else {
      int w = (picture.width() + 1) / 2;
      int h = (picture.height() + 1) / 2;
      Mask half = PilResize.resize(open, w, h, PilResize.Filter.BOX).threshold(0);
      // colours of the hole must not leak into the smaller picture: they are overwritten there
      Picture coarse =
          fill(
              PilResize.resize(picture, w, h, PilResize.Filter.BOX),
              half,
              random.nextLong(),
              context);
      Picture guess =
          PilResize.resize(coarse, picture.width(), picture.height(), PilResize.Filter.BICUBIC);
      filled = PasteBack.paste(picture, guess, open).picture();
    }
    PatchFill level = of(filled, open);
    if (level.sources == 0) {
      return filled;
    }
    level.run(random, context);
    return level.picture(filled);
  }

  private static PatchFill of(Picture picture, Mask open) {
    float[] rgb = new float[picture.rgb().length];
    boolean[] hole = new boolean[rgb.length / 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = picture.rgb()[i] & 255;
      hole[i / 3] = open.alpha()[i / 3] > .5f;
    }
    return new PatchFill(picture.width(), picture.height(), rgb, hole);
  }

  private Picture picture(Picture filled) {
    byte[] out = filled.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      if (hole[i / 3]) {
        out[i] = (byte) Math.max(0, Math.min(255, Math.round(rgb[i])));
      }
    }
    return new Picture(width, height, out);
  }

  private boolean touchesHole(int x, int y) {
    for (int v = Math.max(0, y - RADIUS); v <= Math.min(height - 1, y + RADIUS); v++) {
      for (int u = Math.max(0, x - RADIUS); u <= Math.min(width - 1, x + RADIUS); u++) {
        if (hole[v * width + u]) {
          return true;
        }
      }
    }
    return false;
  }

  private void run(SplittableRandom random, RunContext context) {
    for (int t : targets) {
      int at;
      do {
        at = random.nextInt(match.length);
      } while (!source[at]);
      match[t] = at;
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int t : targets) {
        cost[t] = distance(t, match[t], Float.MAX_VALUE);
      }
      for (int pass = 0; pass < SEARCHES; pass++) {
        search(random, pass % 2 == 0, context);
      }
      vote();
    }
  }

  private void search(SplittableRandom random, boolean forward, RunContext context) {
    int step = forward ? 1 : -1;
    for (int k = forward ? 0 : targets.length - 1; k >= 0 && k < targets.length; k += step) {
      if (k % CHECKED == 0) {
        context.checkCancelled();
      }
      int t = targets[k];
      int x = t % width;
      int y = t / width;
      propose(t, x - step, y, step, 0);
      propose(t, x, y - step, 0, step);
      for (int reach = Math.max(width, height); reach >= 1; reach /= 2) {
        int u = match[t] % width + random.nextInt(-reach, reach + 1);
        int v = match[t] / width + random.nextInt(-reach, reach + 1);
        tryMatch(t, u, v);
      }
    }
  }

  /** A neighbour's match, moved along, may serve this patch too. */
  private void propose(int t, int x, int y, int dx, int dy) {
    if (x >= 0 && y >= 0 && x < width && y < height && cost[y * width + x] > 0) {
      int m = match[y * width + x];
      tryMatch(t, m % width + dx, m / width + dy);
    }
  }

  private void tryMatch(int t, int u, int v) {
    if (u >= 0 && v >= 0 && u < width && v < height && source[v * width + u]) {
      float d = distance(t, v * width + u, cost[t]);
      if (d < cost[t]) {
        cost[t] = d;
        match[t] = v * width + u;
      }
    }
  }

  /** Mean squared difference of two patches, at least a little so that 0 means "no target". */
  private float distance(int t, int m, float limit) {
    int x = t % width;
    int y = t / width;
    int left = Math.max(-RADIUS, -x);
    int right = Math.min(RADIUS, width - 1 - x);
    int top = Math.max(-RADIUS, -y);
    int bottom = Math.min(RADIUS, height - 1 - y);
    int count = (right - left + 1) * (bottom - top + 1);
    float enough = limit * count;
    float sum = 1e-6f;
    for (int v = top; v <= bottom && sum < enough; v++) {
      int a = (t + v * width + left) * 3;
      int b = (m + v * width + left) * 3;
      for (int end = a + (right - left + 1) * 3; a < end; a++, b++) {
        float d = rgb[a] - rgb[b];
        sum += d * d;
      }
    }
    return sum / count;
  }

  private void vote() {
    float[] sorted = new float[targets.length];
    for (int k = 0; k < sorted.length; k++) {
      sorted[k] = cost[targets[k]];
    }
    Arrays.sort(sorted);
    float scale = 2 * Math.max(25, sorted[sorted.length * 3 / 4]);
    float[] sum = new float[rgb.length];
    float[] weight = new float[match.length];
    for (int t : targets) {
      float w = (float) Math.exp(-cost[t] / scale) + 1e-4f;
      int x = t % width;
      int y = t / width;
      for (int v = Math.max(-RADIUS, -y); v <= Math.min(RADIUS, height - 1 - y); v++) {
        for (int u = Math.max(-RADIUS, -x); u <= Math.min(RADIUS, width - 1 - x); u++) {
          int at = t + v * width + u;
          if (hole[at]) {
            int from = (match[t] + v * width + u) * 3;
            weight[at] += w;
            sum[at * 3] += w * rgb[from];
            sum[at * 3 + 1] += w * rgb[from + 1];
            sum[at * 3 + 2] += w * rgb[from + 2];
          }
        }
      }
    }
    for (int i = 0; i < rgb.length; i++) {
      if (weight[i / 3] > 0) {
        rgb[i] = sum[i] / weight[i / 3];
      }
    }
  }

  /** A first guess: the hole is closed from its edge inwards by means of known neighbours. */
  private static byte[] diffused(Picture picture, Mask open, RunContext context) {
    int w = picture.width();
    int h = picture.height();
    byte[] out = picture.rgb().clone();
    boolean[] known = new boolean[w * h];
    int unknown = 0;
    for (int i = 0; i < known.length; i++) {
      known[i] = open.alpha()[i] <= .5f;
      unknown += known[i] ? 0 : 1;
    }
    while (unknown > 0 && unknown < known.length) {
      context.checkCancelled();
      boolean[] next = known.clone();
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          if (!known[y * w + x] && meanOfNeighbours(out, known, w, h, x, y)) {
            next[y * w + x] = true;
            unknown--;
          }
        }
      }
      known = next;
    }
    return out;
  }

  private static boolean meanOfNeighbours(byte[] rgb, boolean[] known, int w, int h, int x, int y) {
    int[] sum = new int[3];
    int n = 0;
    for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
        if (known[v * w + u]) {
          n++;
          for (int c = 0; c < 3; c++) {
            sum[c] += rgb[(v * w + u) * 3 + c] & 255;
          }
        }
      }
    }
    for (int c = 0; c < 3 && n > 0; c++) {
      rgb[(y * w + x) * 3 + c] = (byte) (sum[c] / n);
    }
    return n > 0;
  }
}
