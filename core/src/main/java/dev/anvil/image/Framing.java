package dev.anvil.image;

import static java.util.Objects.requireNonNull;

/**
 * Where a network's pixels lie in the picture that it was shown.
 *
 * <p>The picture is brought to a size, then shifted: what of it lies inside the network's frame is
 * seen, what of the frame it does not cover is padding.
 *
 * @param source size of the picture
 * @param resized size that the picture was brought to
 * @param left columns of the resized picture left of the frame; below 0 where padding is
 * @param top rows above the frame, likewise
 * @param frame size of the network's input
 */
public record Framing(Size source, Size resized, int left, int top, Size frame) {
  public Framing {
    requireNonNull(source, "source is null");
    requireNonNull(resized, "resized is null");
    requireNonNull(frame, "frame is null");
  }

  /** The part of the frame that shows the picture, in the network's pixels. */
  public Box shown() {
    return new Box(
        Math.max(0, -left),
        Math.max(0, -top),
        Math.min(frame.width(), resized.width() - left),
        Math.min(frame.height(), resized.height() - top));
  }

  /** The part of the picture that the network sees, in the picture's pixels. */
  public Box seen() {
    return toSource(shown());
  }

  /** A box of the network's pixels in the picture's pixels; it may reach beyond the picture. */
  public Box toSource(Box box) {
    double across = (double) source.width() / resized.width();
    double down = (double) source.height() / resized.height();
    return new Box(
        (box.left() + left) * across,
        (box.top() + top) * down,
        (box.right() + left) * across,
        (box.bottom() + top) * down);
  }

  /** A box of the picture's pixels in the network's pixels; it may reach beyond the frame. */
  public Box toFrame(Box box) {
    double across = (double) resized.width() / source.width();
    double down = (double) resized.height() / source.height();
    return new Box(
        box.left() * across - left,
        box.top() * down - top,
        box.right() * across - left,
        box.bottom() * down - top);
  }

  /** A mask of the picture as the network would see it, 0 in the padding. */
  public Mask toFrame(Mask mask) {
    Mask large = mask.resized(resized.width(), resized.height());
    float[] out = new float[frame.width() * frame.height()];
    Box shown = shown();
    int from = (int) shown.left();
    int width = Math.max(0, (int) shown.width());
    for (int y = (int) shown.top(); y < shown.bottom(); y++) {
      System.arraycopy(
          large.alpha(),
          (y + top) * resized.width() + from + left,
          out,
          y * frame.width() + from,
          width);
    }
    return new Mask(frame.width(), frame.height(), out);
  }

  /** A picture of this framing's source size as the network sees it, black in the padding. */
  Picture show(Picture picture, PilResize.Filter filter) {
    Picture large = PilResize.resize(picture, resized.width(), resized.height(), filter);
    if (resized.equals(frame) && left == 0 && top == 0) {
      return large;
    }
    byte[] out = new byte[frame.width() * frame.height() * 3];
    Box shown = shown();
    int from = (int) shown.left();
    int bytes = 3 * (int) shown.width();
    for (int y = (int) shown.top(); y < shown.bottom(); y++) {
      System.arraycopy(
          large.rgb(),
          ((y + top) * resized.width() + from + left) * 3,
          out,
          (y * frame.width() + from) * 3,
          bytes);
    }
    return new Picture(frame.width(), frame.height(), out);
  }
}
