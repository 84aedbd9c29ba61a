package dev.anvil.image;

import java.awt.image.BufferedImage;

/** Whether a decoded image shows anything. */
final class Emptiness {
  /** Steps of a channel within which decoders of lossy formats give one colour. */
  private static final int SAME = 2;

  private static final int OPAQUE = 250;
  private static final double WORTH_TELLING = .001;

  private Emptiness() {}

  /** Whether everything is clear, or everything has one colour. */
  static boolean isBlank(BufferedImage image) {
    return isUniform(Picture.of(image)) || clearShare(image) == 1;
  }

  /** Whether a picture has one colour everywhere. */
  static boolean isUniform(Picture picture) {
    byte[] rgb = picture.rgb();
    int[] least = {255, 255, 255};
    int[] most = {0, 0, 0};
    for (int i = 0; i < rgb.length; i++) {
      int c = i % 3;
      least[c] = Math.min(least[c], rgb[i] & 255);
      most[c] = Math.max(most[c], rgb[i] & 255);
      if (most[c] - least[c] > SAME) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says what a person would not expect of a picture that is blank or see-through.
   *
   * @param image as it was decoded
   * @param picture the same laid over white
   */
  static void tell(BufferedImage image, Picture picture, Notices notices) {
    double clear = clearShare(image);
    if (clear == 1) {
      notices.add("is wholly transparent, so it is plain white");
    } else if (clear > WORTH_TELLING) {
      notices.add("has transparent parts, which are laid over white");
    }
    if (clear < 1 && isUniform(picture)) {
      notices.add("is blank: it has one colour everywhere");
    }
  }

  static BufferedImage copy(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    copy.setData(image.getData());
    return copy;
  }

  /** Share of the pixels that are not opaque; 1 only when none shows anything. */
  private static double clearShare(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return 0;
    }
    int[] row = new int[image.getWidth()];
    long clear = 0;
    int most = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        clear += pixel >>> 24 < OPAQUE ? 1 : 0;
        most = Math.max(most, pixel >>> 24);
      }
    }
    double share = (double) clear / ((long) image.getWidth() * image.getHeight());
    return most == 0 ? 1 : Math.min(share, .999);
  }
}
