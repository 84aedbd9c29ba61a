package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;

/**
 * A picture with transparency, to be laid over another.
 *
 * @param picture colours, not multiplied by the mask
 * @param mask of the same size
 */
public record Cutout(Picture picture, Mask mask) {
  public Cutout {
    requireNonNull(picture, "picture is null");
    requireNonNull(mask, "mask is null");
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(mask, picture));
    }
  }

  static Cutout of(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    if (!image.getColorModel().hasAlpha()) {
      return new Cutout(Picture.of(image), Mask.full(w, h));
    }
    byte[] rgb = new byte[w * h * 3];
    float[] alpha = new float[w * h];
    int[] row = new int[w];
    for (int y = 0, i = 0; y < h; y++) {
      image.getRGB(0, y, w, 1, row, 0, w);
      for (int x = 0; x < w; x++, i++) {
        rgb[i * 3] = (byte) (row[x] >> 16);
        rgb[i * 3 + 1] = (byte) (row[x] >> 8);
        rgb[i * 3 + 2] = (byte) row[x];
        alpha[i] = (row[x] >>> 24) / 255f;
      }
    }
    return new Cutout(new Picture(w, h, rgb), new Mask(w, h, alpha));
  }

  BufferedImage toBufferedImage() {
    int w = picture.width();
    int h = picture.height();
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
    byte[] rgb = picture.rgb();
    for (int i = 0; i < w * h; i++) {
      int alpha = (int) (mask.alpha()[i] * 255 + .5f);
      int colour = (rgb[i * 3] & 255) << 16 | (rgb[i * 3 + 1] & 255) << 8 | (rgb[i * 3 + 2] & 255);
      image.setRGB(i % w, i / w, alpha << 24 | colour);
    }
    return image;
  }

  Cutout oriented(int orientation) {
    return orientation == 1
        ? this
        : new Cutout(
            picture.oriented(orientation), Mask.ofGrey(mask.toPicture().oriented(orientation)));
  }

  /** Left and right exchanged. */
  public Cutout mirrored() {
    return oriented(2);
  }

  /** Stretched to another size; clear pixels do not colour their neighbours. */
  public Cutout resized(int width, int height) {
    byte[] rgb = picture.rgb();
    byte[] multiplied = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      multiplied[i] = (byte) ((rgb[i] & 255) * mask.alpha()[i / 3] + .5f);
    }
    Picture covered = new Picture(picture.width(), picture.height(), multiplied);
    byte[] out = PilResize.resize(covered, width, height, PilResize.Filter.BILINEAR).rgb().clone();
    Mask resized = mask.resized(width, height);
    for (int i = 0; i < out.length; i++) {
      float a = resized.alpha()[i / 3];
      out[i] = (byte) (a > 0 ? Math.min(255, (out[i] & 255) / a + .5f) : 0);
    }
    return new Cutout(new Picture(width, height, out), resized);
  }
}
