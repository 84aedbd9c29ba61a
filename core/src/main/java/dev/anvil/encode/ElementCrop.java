package dev.anvil.encode;

import dev.anvil.image.Box;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;

/**
 * An element on its own, for a network that gives no features at each place: a square around it
 * with a margin of a tenth of its longer side on each side.
 *
 * <p>What is around the element stays visible, since networks have never seen pictures with holes.
 * Where the square reaches beyond the picture it is filled with the colour that is 0 to the
 * network, so that wide and tall elements are seen whole and undistorted.
 */
final class ElementCrop {
  private static final double MARGIN = .1;

  private ElementCrop() {}

  static Picture of(Picture picture, Box element, PicturePreparation preparation) {
    double longer = Math.max(element.width(), element.height());
    int side = Math.max(1, (int) Math.round(longer * (1 + 2 * MARGIN)));
    int left = start(element.left(), element.width(), side, picture.width());
    int top = start(element.top(), element.height(), side, picture.height());
    byte[] out = new byte[side * side * 3];
    fill(out, preparation);
    int from = Math.max(0, left);
    int bytes = 3 * (Math.min(picture.width(), left + side) - from);
    for (int y = Math.max(0, top); y < Math.min(picture.height(), top + side); y++) {
      System.arraycopy(
          picture.rgb(),
          (y * picture.width() + from) * 3,
          out,
          ((y - top) * side + from - left) * 3,
          bytes);
    }
    return new Picture(side, side, out);
  }

  /** Centred on the element, moved inside the picture where it fits. */
  private static int start(double from, double length, int side, int picture) {
    int centred = (int) Math.round(from + (length - side) / 2);
    return side > picture ? centred : Math.max(0, Math.min(picture - side, centred));
  }

  private static void fill(byte[] rgb, PicturePreparation preparation) {
    byte[] colour = new byte[3];
    for (int c = 0; c < 3; c++) {
      long value = Math.round(preparation.mean().get(c) / preparation.scale());
      colour[c] = (byte) Math.max(0, Math.min(255, value));
    }
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = colour[i % 3];
    }
  }
}
