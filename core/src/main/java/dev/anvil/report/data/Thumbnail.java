package dev.anvil.report.data;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A small picture that travels inside the report.
 *
 * @param dataUri a JPEG or PNG as {@code data:image/...;base64,...}
 */
public record Thumbnail(String dataUri) {
  /** What ImageIO takes where nothing is said. */
  private static final float QUALITY = .75f;

  private static final Pattern FORM =
      Pattern.compile("data:image/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}");

  public Thumbnail {
    if (!FORM.matcher(dataUri).matches()) {
      throw new IllegalArgumentException(
          "found %.40s...; expected a JPEG or PNG as a base64 data URI".formatted(dataUri));
    }
  }

  /** Carries the bytes of a JPEG or PNG file unchanged. */
  public static Thumbnail of(byte[] file) {
    String type;
    if (file.length > 8 && (file[0] & 255) == 0x89 && file[1] == 'P' && file[2] == 'N') {
      type = "png";
    } else if (file.length > 3 && (file[0] & 255) == 0xFF && (file[1] & 255) == 0xD8) {
      type = "jpeg";
    } else {
      throw new IllegalArgumentException("found neither JPEG nor PNG bytes");
    }
    return new Thumbnail(
        "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(file));
  }

  /** Carries a JPEG or PNG file unchanged. */
  public static Thumbnail of(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  /** A picture as a JPEG of at most the given width, by averages over areas. */
  public static Thumbnail of(Picture picture, int width) {
    return of(jpeg(picture, width, QUALITY));
  }

  /**
   * A picture as the bytes of a JPEG of at most the given width, by averages over areas.
   *
   * @param quality 0 to 1
   */
  public static byte[] jpeg(Picture picture, int width, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(to);
      writer.write(null, new IIOImage(shrink(picture, width).toBufferedImage(), null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A picture in which only what the mask covers keeps its colour; the rest is pale grey. */
  public static Thumbnail overlay(Picture picture, Mask mask, int width) {
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(mask, picture));
    }
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < mask.alpha().length; i++) {
      float alpha = mask.alpha()[i];
      int o = i * 3;
      float grey = ((rgb[o] & 255) * 2 + (rgb[o + 1] & 255) * 5 + (rgb[o + 2] & 255)) / 8f;
      float pale = 165 + .3f * grey;
      for (int c = 0; c < 3; c++) {
        rgb[o + c] = (byte) Math.round(alpha * (rgb[o + c] & 255) + (1 - alpha) * pale);
      }
    }
    return of(new Picture(picture.width(), picture.height(), rgb), width);
  }

  private static Picture shrink(Picture picture, int width) {
    if (picture.width() <= width) {
      return picture;
    }
    int height = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
    byte[] out = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      int top = y * picture.height() / height;
      int bottom = Math.max(top + 1, (y + 1) * picture.height() / height);
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * picture.width() / width);
        int right = Math.max(left + 1, (int) ((x + 1L) * picture.width() / width));
        for (int c = 0; c < 3; c++) {
          out[(y * width + x) * 3 + c] = mean(picture, left, top, right, bottom, c);
        }
      }
    }
    return new Picture(width, height, out);
  }

  private static byte mean(Picture picture, int left, int top, int right, int bottom, int channel) {
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += picture.get(x, y, channel);
      }
    }
    int area = (right - left) * (bottom - top);
    return (byte) ((sum + area / 2) / area);
  }
}
