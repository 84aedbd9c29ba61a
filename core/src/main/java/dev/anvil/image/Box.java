package dev.anvil.image;

/**
 * A rectangle in pixels of its picture; {@code right} and {@code bottom} are exclusive.
 *
 * @param left 0 is the picture's left edge
 * @param top 0 is the picture's top edge
 */
public record Box(double left, double top, double right, double bottom) {
  public Box {
    if (!(right >= left && bottom >= top)) {
      throw new IllegalArgumentException(
          "box is inside out: %s %s %s %s".formatted(left, top, right, bottom));
    }
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }

  public double area() {
    return width() * height();
  }

  /** Intersection over union, 0 to 1; 0 for two empty boxes. */
  public double iou(Box other) {
    double w = Math.min(right, other.right) - Math.max(left, other.left);
    double h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double both = w * h;
    return both / (area() + other.area() - both);
  }

  /** Share of this box that lies in another, 0 to 1. */
  public double shareIn(Box other) {
    double w = Math.min(right, other.right) - Math.max(left, other.left);
    double h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return Math.max(0, w) * Math.max(0, h) / area();
  }

  /** The same box elsewhere. */
  public Box moved(double right, double down) {
    return new Box(left + right, top + down, this.right + right, bottom + down);
  }
}
