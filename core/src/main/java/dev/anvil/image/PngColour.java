package dev.anvil.image;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * The colours that a PNG file says its samples are (W3C PNG, 11.3.2), which Java's decoder leaves
 * aside: cICP, else iCCP, else sRGB, else cHRM and gAMA.
 */
final class PngColour {
  /** The largest profile that is unpacked; those of cameras and printers have up to 3 MB. */
  private static final int MOST_PROFILE = 16 << 20;

  private static final int DISPLAY_P3 = 12;
  private static final int BT_709 = 1;
  private static final int SRGB_TRANSFER = 13;

  private final PngChunks chunks;

  private PngColour(PngChunks chunks) {
    this.chunks = chunks;
  }

  /**
   * A decoded image with its colours brought to sRGB.
   *
   * @param notices is told of colours that cannot be brought there
   */
  static BufferedImage toSrgb(BufferedImage image, byte[] png, Notices notices) {
    return new PngColour(PngChunks.of(png)).convert(image, notices);
  }

  private BufferedImage convert(BufferedImage image, Notices notices) {
    Optional<ByteBuffer> code = chunks.find("cICP").map(PngChunks.Chunk::buffer);
    if (code.filter(c -> c.remaining() >= 2).isPresent()) {
      return coded(image, code.get().get(0) & 255, code.get().get(1) & 255, notices);
    }
    if (chunks.find("iCCP").isPresent()) {
      return profiled(image, chunks.find("iCCP").get(), notices);
    }
    if (chunks.find("sRGB").isPresent()) {
      return image;
    }
    return measured().map(colours -> colours.toSrgb(image)).orElse(image);
  }

  /** Numbers of ITU-T H.273. */
  private static BufferedImage coded(
      BufferedImage image, int primaries, int transfer, Notices notices) {
    if (primaries == DISPLAY_P3 && transfer == SRGB_TRANSFER) {
      return RgbColours.DISPLAY_P3.toSrgb(image);
    }
    if (primaries != BT_709 || (transfer != SRGB_TRANSFER && transfer != BT_709)) {
      notices.add(
          "has colours of code %d/%d (ITU-T H.273), which are shown as sRGB; convert it to sRGB for the right ones",
          primaries, transfer);
    }
    return image;
  }

  private static BufferedImage profiled(
      BufferedImage image, PngChunks.Chunk chunk, Notices notices) {
    try {
      ICC_Profile profile = ColorProfiles.createProfile(unpacked(chunk.data()));
      boolean grey = image.getColorModel().getNumColorComponents() == 1;
      int expected = grey ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB;
      if (profile.getColorSpaceType() != expected) {
        notices.add("has a colour profile of another kind of picture, which is left aside");
        return image;
      }
      return ColorProfiles.isCS_sRGB(profile) ? image : IccColours.toSrgb(image, profile);
    } catch (IOException | IllegalArgumentException | CMMException e) {
      notices.add("has a damaged colour profile; its colours are taken for sRGB");
      return image;
    }
  }

  /** A name, a byte for the method, then the packed profile. */
  private static byte[] unpacked(byte[] data) throws IOException {
    int name = 0;
    while (name < data.length && data[name] != 0) {
      name++;
    }
    int start = Math.min(data.length, name + 2);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(data, start, data.length - start))) {
      byte[] profile = in.readNBytes(MOST_PROFILE + 1);
      if (profile.length > MOST_PROFILE) {
        throw new IOException("found a profile of more than %,d bytes".formatted(MOST_PROFILE));
      }
      return profile;
    }
  }

  /** What cHRM and gAMA say, where it differs from sRGB. */
  private Optional<RgbColours> measured() {
    Optional<ByteBuffer> gamma =
        chunks.find("gAMA").map(PngChunks.Chunk::buffer).filter(b -> b.remaining() >= 4);
    Optional<ByteBuffer> points =
        chunks.find("cHRM").map(PngChunks.Chunk::buffer).filter(b -> b.remaining() >= 32);
    double exponent = gamma.map(b -> b.getInt(0) / 1e5).orElse(RgbColours.SRGB_EXPONENT);
    double[] xy = RgbColours.SRGB_POINTS.clone();
    for (int i = 0; i < xy.length && points.isPresent(); i++) {
      xy[i] = points.get().getInt(4 * i) / 1e5;
    }
    return RgbColours.of(xy, exponent).filter(c -> !c.isSrgb());
  }
}
