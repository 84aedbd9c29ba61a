package dev.anvil.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The EXIF orientation of a picture file (CIPA DC-008, tag 274), as it is stored in JPEG, PNG, WebP
 * and TIFF files.
 */
final class Exif {
  private static final int ORIENTATION = 274;
  private static final int SHORT = 3;

  private Exif() {}

  /** 1 to 8; 1 when the file says nothing that can be understood. */
  static int orientation(byte[] file, PictureFormat format) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    Optional<ByteBuffer> tiff =
        switch (format) {
          case JPEG -> inJpeg(bytes);
          case PNG -> inChunks(bytes, 8, "eXIf", ByteOrder.BIG_ENDIAN, true);
          case WEBP -> inChunks(bytes, 12, "EXIF", ByteOrder.LITTLE_ENDIAN, false);
          case TIFF -> Optional.of(bytes);
          default -> Optional.empty();
        };
    return tiff.map(Exif::firstDirectory).orElse(1);
  }

  private static Optional<ByteBuffer> inJpeg(ByteBuffer bytes) {
    int at = 2;
    while (at + 4 <= bytes.limit() && (bytes.get(at) & 255) == 0xff) {
      int marker = bytes.get(at + 1) & 255;
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = bytes.getShort(at + 2) & 0xffff;
      if (marker == 0xda || length < 2 || at + 2 + length > bytes.limit()) {
        return Optional.empty();
      }
      if (marker == 0xe1 && length >= 8 && text(bytes, at + 4, 6).equals("Exif\0\0")) {
        return Optional.of(bytes.slice(at + 10, length - 8));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> inChunks(
      ByteBuffer bytes, int start, String wanted, ByteOrder order, boolean lengthFirst) {
    ByteBuffer in = bytes.duplicate().order(order);
    int extra = lengthFirst ? 12 : 8;
    for (long at = start; at + 8 <= in.limit(); ) {
      int p = (int) at;
      long length = in.getInt(lengthFirst ? p : p + 4) & 0xffffffffL;
      if (at + 8 + length > in.limit()) {
        return Optional.empty();
      }
      if (text(in, lengthFirst ? p + 4 : p, 4).equals(wanted)) {
        ByteBuffer data = in.slice(p + 8, (int) length);
        boolean prefixed = length >= 6 && text(data, 0, 6).equals("Exif\0\0");
        return Optional.of(prefixed ? data.slice(6, (int) length - 6) : data);
      }
      at += extra + length + (lengthFirst ? 0 : length & 1);
    }
    return Optional.empty();
  }

  private static int firstDirectory(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return 1;
    }
    ByteBuffer in =
        tiff.duplicate().order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = in.getInt(4) & 0xffffffffL;
    if (directory + 2 > in.limit()) {
      return 1;
    }
    int entries = in.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      long at = directory + 2 + 12L * i;
      if (at + 12 > in.limit()) {
        return 1;
      }
      int p = (int) at;
      if ((in.getShort(p) & 0xffff) == ORIENTATION && in.getShort(p + 2) == SHORT) {
        int value = in.getShort(p + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    byte[] out = new byte[length];
    bytes.get(at, out);
    return new String(out, StandardCharsets.ISO_8859_1);
  }
}
