package dev.anvil.inside;

import dev.anvil.image.Picture;
import java.util.Arrays;

/** A picture in grey, red where the score rises with what is seen, blue where it falls. */
public final class HeatMap {
  /** Okabe and Ito's vermilion and blue, which colour-blind people tell apart. */
  private static final int RISES = 0xD55E00;

  private static final int FALLS = 0x0072B2;
  private static final double MOST = .75;

  private HeatMap() {}

  /** Of the picture that the saliency is of; the strongest pixel is coloured most. */
  public static Picture of(Picture picture, Saliency saliency) {
    double[] slopes = saliency.slopes();
    double strongest = Arrays.stream(slopes).map(Math::abs).max().orElse(0);
    byte[] rgb = picture.rgb();
    byte[] out = new byte[rgb.length];
    for (int i = 0; i < slopes.length; i++) {
      double grey =
          .299 * (rgb[3 * i] & 255) + .587 * (rgb[3 * i + 1] & 255) + .114 * (rgb[3 * i + 2] & 255);
      double paint = strongest > 0 ? MOST * Math.abs(slopes[i]) / strongest : 0;
      int colour = slopes[i] > 0 ? RISES : FALLS;
      for (int c = 0; c < 3; c++) {
        int channel = colour >> (16 - 8 * c) & 255;
        out[3 * i + c] = (byte) Math.round(grey + paint * (channel - grey));
      }
    }
    return new Picture(picture.width(), picture.height(), out);
  }
}
