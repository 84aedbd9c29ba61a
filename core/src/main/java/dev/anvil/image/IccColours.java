package dev.anvil.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Brings samples to sRGB by a profile of the International Color Consortium. */
final class IccColours {
  private IccColours() {}

  /**
   * A copy in sRGB; transparency stays.
   *
   * @param image whose samples are in the profile's space, whatever its own colour space says
   * @param profile of grey for a grey image, else of red, green and blue
   */
  static BufferedImage toSrgb(BufferedImage image, ICC_Profile profile) {
    int width = image.getWidth();
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    boolean alpha = image.getColorModel().hasAlpha();
    BufferedImage out =
        new BufferedImage(
            width,
            image.getHeight(),
            alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    ColorConvertOp conversion =
        new ColorConvertOp(
            new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
    WritableRaster from = row(width, grey ? 1 : 3);
    WritableRaster to = row(width, 3);
    byte[] samples = ((DataBufferByte) from.getDataBuffer()).getData();
    byte[] rgb = ((DataBufferByte) to.getDataBuffer()).getData();
    int[] pixels = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, pixels, 0, width);
      if (grey) {
        greys(image.getRaster(), y, samples);
      } else {
        split(pixels, samples);
      }
      conversion.filter(from, to);
      for (int x = 0, i = 0; x < width; x++, i += 3) {
        pixels[x] =
            (pixels[x] & 0xff000000)
                | (rgb[i] & 255) << 16
                | (rgb[i + 1] & 255) << 8
                | (rgb[i + 2] & 255);
      }
      out.setRGB(0, y, width, 1, pixels, 0, width);
    }
    return out;
  }

  private static WritableRaster row(int width, int bands) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, bands, null);
  }

  private static void greys(Raster raster, int y, byte[] out) {
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    int most = (1 << Math.min(8, raster.getSampleModel().getSampleSize(0))) - 1;
    for (int x = 0; x < out.length; x++) {
      out[x] = (byte) ((raster.getSample(x, y, 0) >> shift) * 255 / most);
    }
  }

  private static void split(int[] pixels, byte[] out) {
    for (int x = 0, i = 0; x < pixels.length; x++, i += 3) {
      out[i] = (byte) (pixels[x] >> 16);
      out[i + 1] = (byte) (pixels[x] >> 8);
      out[i + 2] = (byte) pixels[x];
    }
  }
}
