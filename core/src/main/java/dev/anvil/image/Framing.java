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
    float[] out = new float[frame.width() * frame.height()];
    PilResize.Part part = part();
    if (part.width() > 0 && part.height() > 0) {
      Mask large = PilResize.resize(mask, resized, part, PilResize.Filter.BILINEAR);
      Box shown = shown();
      for (int y = 0; y < large.height(); y++) {
        System.arraycopy(
            large.alpha(),
            y * large.width(),
            out,
            ((int) shown.top() + y) * frame.width() + (int) shown.left(),
            large.width());
      }
    }
    return new Mask(frame.width(), frame.height(), out);
  }

  /** A picture of this framing's source size as the network sees it, black in the padding. */
  Picture show(Picture picture, PilResize.Filter filter) {
    if (resized.equals(frame) && left == 0 && top == 0) {
      return PilResize.resize(picture, resized.width(), resized.height(), filter);
    }
    Picture large = PilResize.resize(picture, resized, part(), filter);
    if (large.width() == frame.width() && large.height() == frame.height()) {
      return large;
    }
    Box shown = shown();
    Picture black =
        new Picture(frame.width(), frame.height(), new byte[frame.width() * frame.height() * 3]);
    return black.with(large, (int) shown.left(), (int) shown.top());
  }

  /** The part of the resized picture that the frame shows. */
  private PilResize.Part part() {
    Box shown = shown();
    return new PilResize.Part(
        (int) shown.left() + left,
        (int) shown.top() + top,
        (int) shown.width(),
        (int) shown.height());
  }
}
