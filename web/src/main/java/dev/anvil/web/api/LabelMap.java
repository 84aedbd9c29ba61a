package dev.anvil.web.api;

import dev.anvil.engine.service.model.Creative;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The label map of a picture as an image: grey value n where element n is. */
final class LabelMap {
  /** More elements than grey values: the rest cannot be pointed at, only chosen from the list. */
  private static final int MOST = 255;

  private LabelMap() {}

  static byte[] png(Creative creative) {
    BufferedImage image =
        new BufferedImage(creative.width(), creative.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] map = creative.map();
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) Math.min(MOST, map[i]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }
}
