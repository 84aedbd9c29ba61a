package dev.anvil.image;

import dev.anvil.Sha256;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.NodeList;

/**
 * Decodes JPEG (CMYK too), PNG, WebP, GIF (first frame), BMP and TIFF (first page) files to upright
 * sRGB pictures.
 *
 * <p>EXIF orientation is applied and transparency is laid over white. File size and the size that
 * the header claims are checked before anything is decoded, so that a small file cannot ask for
 * much memory. Safe for use from several threads.
 */
public final class PictureReader {
  /** 100 million pixels and 256 MiB a file. */
  public static final PictureReader DEFAULT = new PictureReader(100_000_000, 256L << 20);

  private static final String FORMATS = "a JPEG, PNG, WebP, GIF, BMP or TIFF picture";

  private final long maxPixels;
  private final long maxBytes;

  /**
   * @param maxPixels largest width times height that is decoded
   * @param maxBytes largest file that is opened
   */
  public PictureReader(long maxPixels, long maxBytes) {
    if (maxPixels < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "found %d pixels, %d bytes; expected at least 1 of each".formatted(maxPixels, maxBytes));
    }
    this.maxPixels = maxPixels;
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes a file.
   *
   * @throws UnreadablePictureException if there is no such file, or it is not a whole picture
   */
  public Picture read(Path file) {
    return read(file.toString(), bytes(file));
  }

  /**
   * Decodes a file that was recorded before, and nothing else that has taken its place. The hash is
   * taken over the very bytes that are decoded.
   *
   * @param sha256 of its bytes, as recorded
   * @throws UnreadablePictureException if there is no such file, or it is not a whole picture
   * @throws ChangedPictureException if it has other bytes
   */
  public Picture read(Path file, String sha256) {
    byte[] bytes = bytes(file);
    String found = Sha256.of(bytes);
    if (!found.equals(sha256)) {
      throw new ChangedPictureException(file, found, sha256);
    }
    return read(file.toString(), bytes);
  }

  /**
   * Decodes a picture in memory.
   *
   * @param name what to call it in messages
   * @throws UnreadablePictureException if it is not a whole picture
   */
  public Picture read(String name, byte[] bytes) {
    try (Opened opened = open(name, bytes)) {
      BufferedImage image = opened.decode();
      return Picture.of(image).oriented(opened.info.orientation());
    } catch (IOException | RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Decodes a file and keeps its transparency apart; opaque files are wholly covered.
   *
   * @throws UnreadablePictureException if there is no such file, or it is not a whole picture
   */
  public Cutout readCutout(Path file) {
    return readCutout(file.toString(), bytes(file));
  }

  /** As {@link #readCutout(Path)}, in memory. */
  public Cutout readCutout(String name, byte[] bytes) {
    try (Opened opened = open(name, bytes)) {
      return Cutout.of(opened.decode()).oriented(opened.info.orientation());
    } catch (IOException | RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads a file's header without decoding it.
   *
   * @throws UnreadablePictureException if it does not begin as a picture
   */
  public PictureInfo probe(Path file) {
    return probe(file.toString(), bytes(file));
  }

  /** As {@link #probe(Path)}, in memory. */
  public PictureInfo probe(String name, byte[] bytes) {
    try (Opened opened = open(name, bytes)) {
      return opened.info;
    } catch (IOException | RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The bytes of a file that is not too large for a picture.
   *
   * @throws UnreadablePictureException if there is no such file, or it is empty or too large
   */
  public byte[] bytes(Path file) {
    try {
      checkBytes(file.toString(), Files.size(file));
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnreadablePictureException(
          file.toString(), "found no such file; expected " + FORMATS, e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private void checkBytes(String name, long size) {
    if (size == 0) {
      throw new UnreadablePictureException(name, "found an empty file; expected " + FORMATS);
    }
    if (size > maxBytes) {
      throw new UnreadablePictureException(
          name, "found %,d bytes; expected at most %,d".formatted(size, maxBytes));
    }
  }

  private Opened open(String name, byte[] bytes) throws IOException {
    checkBytes(name, bytes.length);
    PictureFormat format =
        PictureFormat.of(bytes)
            .orElseThrow(
                () ->
                    new UnreadablePictureException(
                        name,
                        "found a file that begins with bytes %s; expected %s"
                            .formatted(firstBytes(bytes), FORMATS)));
    if (!format.isReadable()) {
      throw new UnreadablePictureException(
          name,
          "found %s, which Anvil cannot decode; expected %s. Convert it first, for example: %s in.%s out.jpg"
              .formatted(
                  format,
                  FORMATS,
                  format == PictureFormat.HEIC ? "heif-convert" : "avifdec",
                  format.name().toLowerCase(Locale.ROOT)));
    }
    Opened opened = new Opened(bytes, format);
    if (opened.info.pixels() > maxPixels) {
      PictureInfo info = opened.info;
      opened.close();
      throw new UnreadablePictureException(
          name,
          "found %d x %d = %,d pixels; expected at most %,d"
              .formatted(info.width(), info.height(), info.pixels(), maxPixels));
    }
    return opened;
  }

  private static String firstBytes(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(8, bytes.length));
  }

  private static UnreadablePictureException unreadable(String name, Exception e) {
    if (e instanceof UnreadablePictureException known) {
      return known;
    }
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnreadablePictureException(
        name, "found a damaged or truncated file (%s); expected %s".formatted(reason, FORMATS), e);
  }

  /** A decoder that has read the header. */
  private static final class Opened implements AutoCloseable {
    private final ImageReader reader;
    private final PictureInfo info;

    Opened(byte[] bytes, PictureFormat format) throws IOException {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
      this.reader = readers.next();
      try {
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
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

    BufferedImage decode() throws IOException {
      String[] truncated = new String[1];
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.contains("EOI") || warning.toLowerCase(Locale.ROOT).contains("prematur")) {
              truncated[0] = warning;
            }
          });
      BufferedImage image = reader.read(0);
      if (truncated[0] != null) {
        throw new IIOException(truncated[0]);
      }
      return info.format() == PictureFormat.GIF ? onScreen(image) : image;
    }

    /** A GIF frame may cover only a part of the picture. */
    private BufferedImage onScreen(BufferedImage frame) throws IOException {
      if (frame.getWidth() == info.width() && frame.getHeight() == info.height()) {
        return frame;
      }
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
      NodeList descriptors = root.getElementsByTagName("ImageDescriptor");
      IIOMetadataNode descriptor = (IIOMetadataNode) descriptors.item(0);
      BufferedImage screen =
          new BufferedImage(info.width(), info.height(), BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = screen.createGraphics();
      graphics.drawImage(
          frame,
          Integer.parseInt(descriptor.getAttribute("imageLeftPosition")),
          Integer.parseInt(descriptor.getAttribute("imageTopPosition")),
          null);
      graphics.dispose();
      return screen;
    }

    @Override
    public void close() {
      reader.dispose();
    }
  }
}
