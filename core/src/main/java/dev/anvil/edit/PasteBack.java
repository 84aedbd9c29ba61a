package dev.anvil.edit;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/** Lays an edit over its source, so that the source is untouched where the mask is 0. */
public final class PasteBack {
  private PasteBack() {}

  /**
   * The source where {@code alpha} is 0, the edit where it is 1, a mixture between.
   *
   * @param edit of the source's size
   */
  public static Edited paste(Picture source, Picture edit, Mask alpha) {
    byte[] from = source.rgb();
    byte[] to = edit.rgb();
    byte[] out = from.clone();
    float[] shares = alpha.alpha();
    for (int i = 0, o = 0; i < shares.length; i++, o += 3) {
      float share = shares[i];
      if (share > 0) {
        for (int c = o; c < o + 3; c++) {
          int was = from[c] & 255;
          out[c] = (byte) (was + Math.round(share * ((to[c] & 255) - was)));
        }
      }
    }
    return new Edited(new Picture(source.width(), source.height(), out), alpha);
  }
}
