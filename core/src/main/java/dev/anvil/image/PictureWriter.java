package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures; the same picture and settings give the same bytes. */
public final class PictureWriter {
  private PictureWriter() {}

  /**
   * A JPEG file.
   *
   * @param quality 0 (smallest) to 1 (best); .92 shows no loss to the eye
   */
  public static byte[] jpeg(Picture picture, double quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("found quality %s; expected 0 to 1".formatted(quality));
    }
    return encode(picture, "jpeg", quality);
  }

  /** A PNG file, without loss. */
  public static byte[] png(Picture picture) {
    return encode(picture, "png", Double.NaN);
  }

  /**
   * A PNG file that carries texts, read back by {@link PngText#read}.
   *
   * @param texts by keyword; keywords have 1 to 79 Latin-1 characters
   */
  public static byte[] png(Picture picture, Map<String, String> texts) {
    return PngText.insert(png(picture), texts);
  }

  /** A PNG file with transparency, which {@link PictureReader#readCutout} reads. */
  public static byte[] png(Cutout cutout) {
    return encode(cutout.toBufferedImage(), "png", Double.NaN);
  }

  private static byte[] encode(Picture picture, String format, double quality) {
    return encode(picture.toBufferedImage(), format, quality);
  }

  private static byte[] encode(BufferedImage image, String format, double quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!Double.isNaN(quality)) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality((float) quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
