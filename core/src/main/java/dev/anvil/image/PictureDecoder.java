package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One picture file whose header has been read. */
final class PictureDecoder implements AutoCloseable {
  private final byte[] bytes;
  private final int frames;
  private final ImageReader reader;
  private final PictureInfo info;
  private final Notices notices = new Notices();

  /**
   * Reads the header.
   *
   * @param frames of an animation, how many are looked at
   */
  PictureDecoder(byte[] bytes, PictureFormat format, int frames) throws IOException {
    this.bytes = format == PictureFormat.JPEG ? ended(bytes) : bytes;
    this.frames = frames;
    this.reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(this.bytes)));
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (format == PictureFormat.GIF) {
        ByteBuffer screen = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        width = Math.max(width, screen.getShort(6) & 0xffff);
        height = Math.max(height, screen.getShort(8) & 0xffff);
      }
      int orientation = Exif.orientation(bytes, format);
      boolean turned = orientation > 4;
      this.info =
          new PictureInfo(format, turned ? height : width, turned ? width : height, orientation);
    } catch (IOException | RuntimeException e) {
      reader.dispose();
      throw e;
    }
  }

  /**
   * A JPEG file with the marker of its end, which some cameras and broken transfers leave out. A
   * file that ends amid its pixels still does.
   */
  private byte[] ended(byte[] jpeg) {
    if (JpegMarkers.of(jpeg).hasEnd()) {
      return jpeg;
    }
    notices.add("has no end marker; its pixels are whole");
    byte[] whole = Arrays.copyOf(jpeg, jpeg.length + 2);
    whole[jpeg.length] = (byte) 0xff;
    whole[jpeg.length + 1] = (byte) 0xd9;
    return whole;
  }

  PictureInfo info() {
    return info;
  }

  /** What has been found worth telling so far. */
  Notices notices() {
    return notices;
  }

  /** The pixels as they are stored, in sRGB; not turned upright. */
  BufferedImage decode() throws IOException {
    String[] truncated = new String[1];
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.contains("EOI") || warning.toLowerCase(Locale.ROOT).contains("prematur")) {
            truncated[0] = warning;
          } else if (warning.contains("Corrupt")) {
            notices.add("is damaged: %s; parts of it may be wrong", warning);
          }
        });
    BufferedImage image = pixels();
    if (truncated[0] != null) {
      throw new IIOException(truncated[0]);
    }
    return info.format() == PictureFormat.PNG ? PngColour.toSrgb(image, bytes, notices) : image;
  }

  private BufferedImage pixels() throws IOException {
    Optional<Animation> animation =
        switch (info.format()) {
          case GIF -> Optional.of(Animations.gif(reader, stored()));
          case WEBP -> Animations.webp(reader, bytes);
          case PNG -> Animations.png(bytes, stored());
          default -> Optional.empty();
        };
    if (animation.isPresent()) {
      return animation.get().firstMeaningful(frames, notices);
    }
    if (info.format() == PictureFormat.TIFF && reader.getNumImages(true) > 1) {
      notices.add("has %d pages; the first is used", reader.getNumImages(true));
    }
    return reader.read(0);
  }

  /** The size before it is turned upright. */
  private Size stored() {
    boolean turned = info.orientation() > 4;
    return new Size(turned ? info.height() : info.width(), turned ? info.width() : info.height());
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
