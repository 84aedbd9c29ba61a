package dev.anvil.image;

import dev.anvil.image.Frame.After;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;

/** Finds the frames of GIF, WebP and PNG files; empty for a file that does not move. */
final class Animations {
  private Animations() {}

  /**
   * Frames of a GIF file. One of a single frame counts too, since its frame may cover only a part
   * of the screen.
   *
   * @param screen the size that the file claims
   */
  static Animation gif(ImageReader reader, Size screen) throws IOException {
    List<Frame> frames = new ArrayList<>();
    int count = reader.getNumImages(true);
    for (int i = 0; i < count; i++) {
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
      IIOMetadataNode part = (IIOMetadataNode) root.getElementsByTagName("ImageDescriptor").item(0);
      IIOMetadataNode control =
          (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
      String after = control == null ? "" : control.getAttribute("disposalMethod");
      frames.add(
          new Frame(
              Integer.parseInt(part.getAttribute("imageLeftPosition")),
              Integer.parseInt(part.getAttribute("imageTopPosition")),
              Integer.parseInt(part.getAttribute("imageWidth")),
              Integer.parseInt(part.getAttribute("imageHeight")),
              /* blends= */ true,
              after.equals("restoreToBackgroundColor")
                  ? After.IS_CLEARED
                  : after.equals("restoreToPrevious") ? After.IS_TAKEN_BACK : After.STAYS));
    }
    return new Animation(screen.width(), screen.height(), frames, reader::read);
  }

  /** Frames of a WebP file (WebP container specification, "Animation"). */
  static Optional<Animation> webp(ImageReader reader, byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Frame> frames = new ArrayList<>();
    for (long at = 12; at + 8 <= file.length; ) {
      int p = (int) at;
      long length = in.getInt(p + 4) & 0xffffffffL;
      String type = new String(file, p, 4, StandardCharsets.ISO_8859_1);
      if (type.equals("ANMF") && at + 24 <= file.length) {
        int flags = file[p + 23];
        frames.add(
            new Frame(
                2 * threeBytes(in, p + 8),
                2 * threeBytes(in, p + 11),
                1 + threeBytes(in, p + 14),
                1 + threeBytes(in, p + 17),
                (flags & 2) == 0,
                (flags & 1) == 1 ? After.IS_CLEARED : After.STAYS));
      }
      at += 8 + length + (length & 1);
    }
    if (frames.isEmpty()) {
      return Optional.empty();
    }
    Animation.Pixels pixels = i -> part(reader.read(i), frames.get(i));
    return Optional.of(new Animation(reader.getWidth(0), reader.getHeight(0), frames, pixels));
  }

  /** A decoder may give the whole screen in place of the frame's part of it. */
  private static BufferedImage part(BufferedImage decoded, Frame frame) {
    boolean whole = decoded.getWidth() != frame.width() || decoded.getHeight() != frame.height();
    return whole
        ? decoded.getSubimage(frame.left(), frame.top(), frame.width(), frame.height())
        : decoded;
  }

  private static int threeBytes(ByteBuffer in, int at) {
    return (in.getShort(at) & 0xffff) | ((in.get(at + 2) & 255) << 16);
  }

  /** Frames of a PNG file (W3C PNG third edition, 4.4 and 11.3.6). */
  static Optional<Animation> png(byte[] file, Size screen) {
    PngFrames found = PngFrames.of(PngChunks.of(file));
    if (found.frames().size() < 2) {
      return Optional.empty();
    }
    Animation.Pixels pixels =
        i -> {
          BufferedImage image = ImageIO.read(new ByteArrayInputStream(found.file(i)));
          if (image == null) {
            throw new IOException("frame %d is damaged".formatted(i + 1));
          }
          return image;
        };
    return Optional.of(new Animation(screen.width(), screen.height(), found.frames(), pixels));
  }
}
