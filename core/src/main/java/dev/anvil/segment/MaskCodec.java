package dev.anvil.segment;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Segmentations as compact bytes, for caches: labels, kinds, confidences, boxes and masks of one
 * byte a pixel, deflated. Lossless for masks in steps of 1/255, as segmenters make them; other
 * masks are rounded to them.
 */
public final class MaskCodec {
  private static final int MAGIC = 0x414d5332; // AMS2
  private static final int MOST_ELEMENTS = 1000;
  private static final int MOST_PIXELS = 1 << 28;

  private MaskCodec() {}

  public static byte[] encode(Segmentation segmentation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(MAGIC);
      out.writeInt(segmentation.elements().size());
      for (Element element : segmentation.elements()) {
        write(element, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The segmentation that was encoded.
   *
   * @throws InvalidInputException when the bytes are not from {@link #encode}, or cut short
   */
  public static Segmentation decode(byte[] bytes) {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("another format");
      }
      int count = in.readInt();
      if (count < 0 || count > MOST_ELEMENTS) {
        throw new IOException(count + " elements");
      }
      List<Element> elements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        elements.add(read(in));
      }
      return new Segmentation(elements);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "segmentation",
          "found %d bytes that cannot be read (%s); expected a stored segmentation"
              .formatted(bytes.length, e.getMessage()));
    }
  }

  private static void write(Element element, DataOutputStream out) throws IOException {
    out.writeUTF(element.label());
    out.writeBoolean(element.isThing());
    out.writeDouble(element.confidence());
    out.writeDouble(element.box().left());
    out.writeDouble(element.box().top());
    out.writeDouble(element.box().right());
    out.writeDouble(element.box().bottom());
    Mask mask = element.mask();
    out.writeInt(mask.width());
    out.writeInt(mask.height());
    byte[] alpha = new byte[mask.alpha().length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (byte) Math.round(mask.alpha()[i] * 255);
    }
    out.write(alpha);
  }

  private static Element read(DataInputStream in) throws IOException {
    String label = in.readUTF();
    boolean isThing = in.readBoolean();
    double confidence = in.readDouble();
    Box box = new Box(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    int width = in.readInt();
    int height = in.readInt();
    if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
      throw new IOException("a mask of %d x %d".formatted(width, height));
    }
    byte[] bytes = in.readNBytes(width * height);
    if (bytes.length < width * height) {
      throw new IOException("end of data");
    }
    float[] alpha = new float[bytes.length];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (bytes[i] & 255) / 255f;
    }
    return new Element(label, confidence, box, new Mask(width, height, alpha), isThing);
  }
}
