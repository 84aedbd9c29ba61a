package dev.anvil.image;

import static java.util.Objects.requireNonNull;

import dev.anvil.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;

/**
 * Decodes JPEG (CMYK too), PNG, WebP, GIF, BMP and TIFF files to upright sRGB pictures. Of an
 * animation it gives the first frame that shows something, of a TIFF file the first page.
 *
 * <p>EXIF orientation is applied, colours are brought to sRGB by the file's profile, and
 * transparency is laid over white. Only regular files are opened. {@link DecodeLimits} are checked
 * before anything is decoded, so that a small file cannot ask for much memory or time. Safe for use
 * from several threads.
 */
public final class PictureReader {
  /** Reads within the limits that the process was started with. */
  public static final PictureReader DEFAULT = new PictureReader(DecodeLimits.of(System.getenv()));

  private static final String FORMATS = "a JPEG, PNG, WebP, GIF, BMP or TIFF picture";

  private final DecodeLimits limits;

  public PictureReader(DecodeLimits limits) {
    this.limits = requireNonNull(limits, "limits is null");
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
    try (PictureDecoder opened = open(name, bytes)) {
      return Picture.of(opened.decode()).oriented(opened.info().orientation());
    } catch (IOException | RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Decodes a picture in memory, and says what a person would want to know of it.
   *
   * @param name what to call it in messages
   * @throws UnreadablePictureException if it is not a whole picture
   */
  public Decoded decode(String name, byte[] bytes) {
    try (PictureDecoder opened = open(name, bytes)) {
      BufferedImage image = opened.decode();
      Picture picture = Picture.of(image);
      Emptiness.tell(image, picture, opened.notices());
      return new Decoded(picture.oriented(opened.info().orientation()), opened.notices().all());
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
    try (PictureDecoder opened = open(name, bytes)) {
      return Cutout.of(opened.decode()).oriented(opened.info().orientation());
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
    try (PictureDecoder opened = open(name, bytes)) {
      return opened.info();
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
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) { // a pipe or device may never end
        throw new UnreadablePictureException(
            file.toString(),
            "found a %s; expected %s"
                .formatted(attributes.isDirectory() ? "folder" : "pipe or device", FORMATS));
      }
      checkBytes(file.toString(), attributes.size());
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
    if (size > limits.bytes()) {
      throw tooMuch(name, "%,d bytes".formatted(size), limits.bytes(), DecodeLimits.BYTES);
    }
  }

  private static UnreadablePictureException tooMuch(
      String name, String found, long most, String variable) {
    return new UnreadablePictureException(
        name,
        String.format(
            Locale.ROOT,
            "found %s; expected at most %,d (the environment variable %s raises it)",
            found,
            most,
            variable));
  }

  private PictureDecoder open(String name, byte[] bytes) throws IOException {
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
          "found %s, which Anvil cannot decode; expected %s. Convert it first, for example: %s"
              .formatted(format, FORMATS, format.conversion().orElseThrow()));
    }
    if (format == PictureFormat.JPEG) {
      int scans = JpegMarkers.of(bytes).scans();
      if (scans > limits.scans()) {
        throw tooMuch(
            name, "a JPEG file of %d scans".formatted(scans), limits.scans(), DecodeLimits.SCANS);
      }
    }
    if (format == PictureFormat.PNG) {
      for (PngChunks.Chunk chunk : PngChunks.of(bytes).chunks()) {
        if (chunk.isDamaged()) { // ImageIO would show other pixels, or of another size
          throw new IIOException(
              "its chunk %s has another checksum than it states".formatted(chunk.type()));
        }
      }
    }
    if (format == PictureFormat.BMP) {
      Optional<PictureFormat> wrapped = wrappedInBmp(bytes);
      if (wrapped.isPresent()) { // its own size is not that of the header, and was not checked
        throw new UnreadablePictureException(
            name,
            "found a BMP file around a %s picture; expected its pixels. Save it as JPEG or PNG"
                .formatted(wrapped.get()));
      }
    }
    PictureDecoder opened = new PictureDecoder(bytes, format, limits.frames());
    PictureInfo info = opened.info();
    if (info.pixels() > limits.pixels()) {
      opened.close();
      throw tooMuch(
          name,
          String.format(
              Locale.ROOT, "%d x %d = %,d pixels", info.width(), info.height(), info.pixels()),
          limits.pixels(),
          DecodeLimits.PIXELS);
    }
    return opened;
  }

  /** What a BMP file for printers holds instead of pixels: its compression is 4 or 5. */
  private static Optional<PictureFormat> wrappedInBmp(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 34 || header.getInt(14) < 40) {
      return Optional.empty();
    }
    return switch (header.getInt(30)) {
      case 4 -> Optional.of(PictureFormat.JPEG);
      case 5 -> Optional.of(PictureFormat.PNG);
      default -> Optional.empty();
    };
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
}
