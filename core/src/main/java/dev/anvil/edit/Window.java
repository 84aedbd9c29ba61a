package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.image.Size;

/**
 * A part of a picture at the size that a network or a server works on. The part is scaled evenly to
 * {@code inner}; the rest of {@code canvas}, at the right and below, mirrors it.
 *
 * @param left of the part, in whole pixels of the picture
 * @param top as {@code left}
 * @param part the part's size in the picture
 * @param inner the part's size on the canvas
 * @param canvas at least as large as {@code inner}
 */
public record Window(int left, int top, Size part, Size inner, Size canvas) {
  public Window {
    requireNonNull(part, "part is null");
    requireNonNull(inner, "inner is null");
    requireNonNull(canvas, "canvas is null");
    if (inner.width() > canvas.width() || inner.height() > canvas.height()) {
      throw new IllegalArgumentException("%s does not fit on %s".formatted(inner, canvas));
    }
  }

  /**
   * The window that shows a part as large as the canvas allows.
   *
   * @param part whole pixels within the picture
   */
  public static Window of(Box part, Size canvas) {
    double scale = Math.min(canvas.width() / part.width(), canvas.height() / part.height());
    Size inner =
        new Size(
            (int) Math.max(1, Math.min(canvas.width(), Math.round(part.width() * scale))),
            (int) Math.max(1, Math.min(canvas.height(), Math.round(part.height() * scale))));
    Size size = new Size((int) part.width(), (int) part.height());
    return new Window((int) part.left(), (int) part.top(), size, inner, canvas);
  }

  /** All of a picture. */
  public static Box whole(Picture picture) {
    return new Box(0, 0, picture.width(), picture.height());
  }

  /**
   * A square around something, moved inside the picture and cut where the picture is smaller.
   *
   * @param factor how much longer the square's side is than the longer side of {@code bounds}
   * @param least side of the square in pixels
   */
  public static Box square(Box bounds, double factor, int least, Picture picture) {
    double side = Math.ceil(Math.max(least, factor * Math.max(bounds.width(), bounds.height())));
    double w = Math.min(side, picture.width());
    double h = Math.min(side, picture.height());
    double x = Math.rint((bounds.left() + bounds.right() - w) / 2);
    double y = Math.rint((bounds.top() + bounds.bottom() - h) / 2);
    double left = Math.max(0, Math.min(picture.width() - w, x));
    double top = Math.max(0, Math.min(picture.height() - h, y));
    return new Box(left, top, left + w, top + h);
  }

  /**
   * The smallest canvas, in multiples of something, on which a part's longer side is {@code
   * longer}.
   */
  public static Size canvas(Box part, double longer, int multiple) {
    double scale = longer / Math.max(part.width(), part.height());
    return new Size(up(part.width() * scale, multiple), up(part.height() * scale, multiple));
  }

  private static int up(double length, int multiple) {
    return multiple * Math.max(1, (int) Math.ceil((length - 1e-6) / multiple));
  }

  /** What the window shows of a picture, of the canvas's size. */
  public Picture view(Picture picture) {
    Picture seen = picture.crop(left, top, part.width(), part.height());
    Picture scaled =
        PilResize.resize(seen, inner.width(), inner.height(), PilResize.Filter.BICUBIC);
    if (inner.equals(canvas)) {
      return scaled;
    }
    byte[] out = new byte[canvas.width() * canvas.height() * 3];
    for (int y = 0, o = 0; y < canvas.height(); y++) {
      for (int x = 0; x < canvas.width(); x++, o += 3) {
        int from = (mirrored(y, inner.height()) * inner.width() + mirrored(x, inner.width())) * 3;
        System.arraycopy(scaled.rgb(), from, out, o, 3);
      }
    }
    return new Picture(canvas.width(), canvas.height(), out);
  }

  /** What the window shows of a mask; 0 where the canvas only mirrors. */
  public Mask view(Mask mask) {
    Mask scaled =
        mask.crop(left, top, part.width(), part.height()).resized(inner.width(), inner.height());
    float[] out = new float[canvas.width() * canvas.height()];
    for (int y = 0; y < inner.height(); y++) {
      System.arraycopy(scaled.alpha(), y * inner.width(), out, y * canvas.width(), inner.width());
    }
    return new Mask(canvas.width(), canvas.height(), out);
  }

  /** A copy of the source with what was made on the canvas in the part's place. */
  public Picture back(Picture made, Picture source) {
    Picture seen = made.crop(0, 0, inner.width(), inner.height());
    return source.with(
        PilResize.resize(seen, part.width(), part.height(), PilResize.Filter.BICUBIC), left, top);
  }

  private static int mirrored(int i, int length) {
    int turn = i % (2 * length);
    return turn < length ? turn : 2 * length - 1 - turn;
  }
}
