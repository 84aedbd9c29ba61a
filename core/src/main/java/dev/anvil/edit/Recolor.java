package dev.anvil.edit;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.OkLabPicture;
import dev.anvil.image.Picture;
import java.util.Map;
import java.util.Optional;

/**
 * Repaints the painted part of an element, its highlights, shading and reflections kept.
 *
 * <p>Each pixel is taken as light scattered by the paint plus light reflected at its surface
 * (Shafer's dichromatic model, 1985). The first part is exchanged for that of the new paint, the
 * second stays. Under the median light the paint shows exactly the target colour.
 */
public final class Recolor implements Editor {
  /** Parameter: {@code colour}, six hexadecimal digits. */
  static final EditorKind KIND =
      new EditorKind() {
        @Override
        public String name() {
          return "recolor";
        }

        @Override
        public Editor create(Parameters given, Editors editors) {
          String colour = given.colour(COLOUR);
          given.check();
          return new Recolor(colour);
        }

        @Override
        public Optional<Shown> shows(Map<String, Object> parameters) {
          return Optional.ofNullable(parameters.get(COLOUR))
              .map(hex -> new Shown.Paint(hex.toString()));
        }
      };

  private static final String COLOUR = "colour";

  /** Standard deviation of the shading's logarithm that light paints show at most. */
  private static final double SHADING = .35;

  /** How much of their own hue reflections keep; what is left of the old paint is in them too. */
  private static final double TINT = .2;

  private final String hex;
  private final OkLab target;

  /**
   * @param hex the paint's colour as it is to appear, sRGB in six hexadecimal digits
   */
  public Recolor(String hex) {
    this.hex = hex;
    this.target = OkLab.ofHex(hex);
  }

  @Override
  public String name() {
    return "recolor";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("colour", hex);
  }

  @Override
  public Optional<OkLab> targetColour() {
    return Optional.of(target);
  }

  /**
   * The colour of an element's paint, as it appears under the median light: what {@link #edit}
   * would exchange.
   *
   * @return empty where no paint is found
   */
  public static Optional<OkLab> paintOf(Picture picture, Mask mask) {
    return Paint.find(OkLabPicture.of(picture), mask).map(Paint::colour);
  }

  /** Each element has a paint of its own. */
  @Override
  public Edited edit(EditRequest request, RunContext context) {
    Edited edited = Edited.unchanged(request.source(), Optional.empty());
    for (Mask part : Layers.parts(request)) {
      Edited next = repaint(edited.picture(), part);
      edited = new Edited(next.picture(), edited.changed().union(next.changed()));
    }
    return edited;
  }

  private Edited repaint(Picture source, Mask mask) {
    OkLabPicture lab = OkLabPicture.of(source);
    Optional<Paint> found = Paint.find(lab, mask);
    if (found.isEmpty()) {
      return new Edited(source, Mask.empty(source.width(), source.height()));
    }
    Paint paint = found.get();
    Mask region = paint.membership();
    return PasteBack.paste(source, repainted(source, paint), region);
  }

  private Picture repainted(Picture source, Paint paint) {
    double[] from = paint.colour().toLinear();
    double[] to = target.toLinear();
    double[] shading = new double[source.width() * source.height()];
    double[] light = new double[3];
    for (int i = 0; i < shading.length; i++) {
      read(source, i, light);
      shading[i] = paint.isColoured() ? scattered(light, from) : luminance(light) / luminance(from);
    }
    double gamma = Math.min(1, SHADING / Math.max(.01, spread(shading, paint.membership())));
    byte[] out = new byte[source.rgb().length];
    for (int i = 0; i < shading.length; i++) {
      read(source, i, light);
      double s = shading[i];
      double taken = paint.isColoured() ? s : Math.min(s, 1.2);
      double given = shoulder(Math.pow(s, gamma), to);
      double mirrored = Math.max(0, luminance(light) - taken * luminance(from));
      for (int c = 0; c < 3; c++) {
        double rest = Math.max(0, light[c] - taken * from[c]);
        light[c] = given * to[c] + TINT * rest + (1 - TINT) * mirrored;
      }
      write(out, i, light);
    }
    return new Picture(source.width(), source.height(), out);
  }

  /** Least squares share of the paint's own colour in a light that is paint plus white. */
  private static double scattered(double[] light, double[] paint) {
    double pp = 0;
    double pw = 0;
    double lp = 0;
    double lw = 0;
    for (int c = 0; c < 3; c++) {
      pp += paint[c] * paint[c];
      pw += paint[c];
      lp += light[c] * paint[c];
      lw += light[c];
    }
    double determinant = 3 * pp - pw * pw;
    double white = (pp * lw - pw * lp) / determinant;
    double share = white >= 0 ? (3 * lp - pw * lw) / determinant : lp / pp;
    return Math.max(0, share);
  }

  /** Bright shading bends before the brightest channel would be cut. */
  private static double shoulder(double shading, double[] colour) {
    double room = 1 / Math.max(.05, Math.max(colour[0], Math.max(colour[1], colour[2])));
    double knee = Math.min(1, .8 * room);
    double top = Math.max(room, knee + .05);
    return shading <= knee
        ? shading
        : knee + (top - knee) * (1 - Math.exp(-(shading - knee) / (top - knee)));
  }

  /** Weighted standard deviation of the logarithm. */
  private static double spread(double[] shading, Mask weights) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < shading.length; i++) {
      double w = weights.alpha()[i];
      if (w > .5) {
        double log = Math.log(Math.max(.02, shading[i]));
        n += w;
        sum += w * log;
        squares += w * log * log;
      }
    }
    return n == 0 ? 0 : Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
  }

  private static double luminance(double[] light) {
    return .2126 * light[0] + .7152 * light[1] + .0722 * light[2];
  }

  private static void read(Picture picture, int i, double[] light) {
    for (int c = 0; c < 3; c++) {
      light[c] = OkLab.linear(picture.rgb()[i * 3 + c] & 255);
    }
  }

  private static void write(byte[] out, int i, double[] light) {
    for (int c = 0; c < 3; c++) {
      out[i * 3 + c] = (byte) OkLab.srgb(light[c]);
    }
  }
}
