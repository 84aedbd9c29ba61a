package dev.anvil.segment.post;

/**
 * The usual outline of an object in its box, in coordinates that are 0 in the box's middle and 1 at
 * its edges: {@code |x|^e + |y|^e = 1}, and an ellipse inside it that certainly belongs to the
 * object.
 *
 * @param exponent e: 2 for an ellipse, larger for a fuller shape
 * @param coreX half-width of the inner ellipse
 * @param coreY half-height of the inner ellipse
 */
public record Outline(double exponent, double coreX, double coreY) {
  private static final Outline PERSON = new Outline(2.5, .4, .8);
  private static final Outline OTHER = new Outline(4, .7, .6);

  /** The outline for a label. Chosen on the showroom's exact masks. */
  public static Outline of(String label) {
    return label.equals("person") ? PERSON : OTHER;
  }

  /** 0 in the middle, 1 on the outline. */
  double radius(double x, double y) {
    double power = Math.pow(Math.abs(x), exponent) + Math.pow(Math.abs(y), exponent);
    return Math.pow(power, 1 / exponent);
  }

  boolean isCore(double x, double y) {
    double u = x / coreX;
    double v = y / coreY;
    return u * u + v * v <= 1;
  }
}
