package dev.anvil.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Named texts inside PNG files: written as iTXt, read from iTXt and tEXt (W3C PNG, 11.3.3). */
public final class PngText {
  /** Signature and header chunk, after which texts may stand. */
  private static final int AFTER_HEADER = 33;

  private PngText() {}

  /**
   * A copy of a PNG file that carries these texts.
   *
   * @param texts by keyword; keywords have 1 to 79 Latin-1 characters
   */
  public static byte[] insert(byte[] png, Map<String, String> texts) {
    requirePng(png);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, AFTER_HEADER);
    texts.forEach((keyword, text) -> out.writeBytes(chunk(keyword, text)));
    out.write(png, AFTER_HEADER, png.length - AFTER_HEADER);
    return out.toByteArray();
  }

  /** The texts of a PNG file, in their order; compressed texts are left out. */
  public static Map<String, String> read(byte[] png) {
    requirePng(png);
    Map<String, String> texts = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(png);
    for (long at = 8; at + 12 <= png.length; ) {
      int p = (int) at;
      long length = in.getInt(p) & 0xffffffffL;
      if (at + 12 + length > png.length) {
        break;
      }
      String type = new String(png, p + 4, 4, StandardCharsets.ISO_8859_1);
      int end = p + 8 + (int) length;
      int keywordEnd = zero(png, p + 8, end);
      if (keywordEnd < end) {
        String keyword = new String(png, p + 8, keywordEnd - p - 8, StandardCharsets.ISO_8859_1);
        if (type.equals("tEXt")) {
          texts.put(keyword, text(png, keywordEnd + 1, end, StandardCharsets.ISO_8859_1));
        } else if (type.equals("iTXt") && keywordEnd + 1 < end && png[keywordEnd + 1] == 0) {
          int start = zero(png, zero(png, keywordEnd + 3, end) + 1, end) + 1;
          texts.put(keyword, text(png, start, end, StandardCharsets.UTF_8));
        }
      }
      at += 12 + length;
    }
    return texts;
  }

  private static byte[] chunk(String keyword, String text) {
    if (keyword.isEmpty()
        || keyword.length() > 79
        || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(keyword)) {
      throw new IllegalArgumentException(
          "found keyword \"%s\"; expected 1 to 79 Latin-1 characters".formatted(keyword));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("iTXt".getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(new byte[5]); // end of keyword, not compressed, no language, no translation
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    CRC32 crc = new CRC32();
    crc.update(body.toByteArray());
    ByteBuffer out = ByteBuffer.allocate(body.size() + 8);
    out.putInt(body.size() - 4).put(body.toByteArray()).putInt((int) crc.getValue());
    return out.array();
  }

  private static String text(byte[] png, int start, int end, Charset charset) {
    return start >= end ? "" : new String(png, start, end - start, charset);
  }

  private static int zero(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != 0) {
      i++;
    }
    return i;
  }

  private static void requirePng(byte[] png) {
    if (png.length < AFTER_HEADER
        || PictureFormat.of(png).filter(f -> f == PictureFormat.PNG).isEmpty()) {
      throw new IllegalArgumentException(
          "found %d bytes that are not a PNG file".formatted(png.length));
    }
  }
}
