package dev.anvil.image;

/**
 * A colour in OKLab, where equal distances look about equally large.
 *
 * <p>Source: Björn Ottosson, "A perceptual color space for image processing" (2020).
 *
 * @param l lightness, 0 black to 1 white
 * @param a green (negative) to red; about -.3 to .3 within sRGB
 * @param b blue (negative) to yellow; about -.3 to .2 within sRGB
 */
public record OkLab(double l, double a, double b) {
  private static final double[] LINEAR = new double[256];

  static {
    for (int v = 0; v < 256; v++) {
      double s = v / 255.0;
      LINEAR[v] = s <= .04045 ? s / 12.92 : Math.pow((s + .055) / 1.055, 2.4);
    }
  }

  /** The linear light of an 8-bit sRGB value, 0 to 1 (IEC 61966-2-1). */
  public static double linear(int value) {
    return LINEAR[value];
  }

  /** The 8-bit sRGB value of a linear light; lights outside 0 to 1 are cut. */
  public static int srgb(double linear) {
    double s = linear <= .0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - .055;
    return (int) (Math.max(0, Math.min(1, s)) * 255 + .5);
  }

  /** From 8-bit sRGB. */
  public static OkLab of(int red, int green, int blue) {
    return ofLinear(LINEAR[red], LINEAR[green], LINEAR[blue]);
  }

  /** From sRGB as six hexadecimal digits, with or without a leading {@code #}. */
  public static OkLab ofHex(String hex) {
    String digits = hex.startsWith("#") ? hex.substring(1) : hex;
    if (!digits.matches("[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException(
          "found colour \"%s\"; expected six hexadecimal digits such as #c01818".formatted(hex));
    }
    int rgb = Integer.parseInt(digits, 16);
    return of(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
  }

  /** From linear sRGB light. */
  public static OkLab ofLinear(double red, double green, double blue) {
    double l = Math.cbrt(.4122214708 * red + .5363325363 * green + .0514459929 * blue);
    double m = Math.cbrt(.2119034982 * red + .6806995451 * green + .1073969566 * blue);
    double s = Math.cbrt(.0883024619 * red + .2817188376 * green + .6299787005 * blue);
    return new OkLab(
        .2104542553 * l + .7936177850 * m - .0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + .4505937099 * s,
        .0259040371 * l + .7827717662 * m - .8086757660 * s);
  }

  /** Linear sRGB light: red, green, blue; outside 0 to 1 for colours that sRGB cannot show. */
  public double[] toLinear() {
    double x = cube(l + .3963377774 * a + .2158037573 * b);
    double y = cube(l - .1055613458 * a - .0638541728 * b);
    double z = cube(l - .0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * x - 3.3077115913 * y + .2309699292 * z,
      -1.2684380046 * x + 2.6097574011 * y - .3413193965 * z,
      -.0041960863 * x - .7034186147 * y + 1.7076147010 * z
    };
  }

  /**
   * The nearest 8-bit sRGB value as {@code 0xRRGGBB}. Colours that sRGB cannot show lose chroma,
   * not lightness or hue.
   */
  public int toSrgb() {
    double[] rgb = toLinear();
    if (!isShown(rgb)) {
      double lightness = Math.max(0, Math.min(1, l));
      double shown = 0;
      double hidden = 1;
      for (int i = 0; i < 12; i++) {
        double share = (shown + hidden) / 2;
        if (isShown(new OkLab(lightness, a * share, b * share).toLinear())) {
          shown = share;
        } else {
          hidden = share;
        }
      }
      rgb = new OkLab(lightness, a * shown, b * shown).toLinear();
    }
    return srgb(rgb[0]) << 16 | srgb(rgb[1]) << 8 | srgb(rgb[2]);
  }

  private static boolean isShown(double[] rgb) {
    for (double v : rgb) {
      if (!(v >= -1e-4 && v <= 1 + 1e-4)) {
        return false;
      }
    }
    return true;
  }

  /** Distance from grey, 0 to about .32 within sRGB. */
  public double chroma() {
    return Math.hypot(a, b);
  }

  /** Angle in the a-b plane, -pi to pi; 0 for grey. */
  public double hue() {
    return Math.atan2(b, a);
  }

  /** Euclidean distance; about .02 is just noticeable. */
  public double distance(OkLab other) {
    double dl = l - other.l;
    double da = a - other.a;
    double db = b - other.b;
    return Math.sqrt(dl * dl + da * da + db * db);
  }

  private static double cube(double v) {
    return v * v * v;
  }
}
