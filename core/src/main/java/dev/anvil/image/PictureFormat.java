package dev.anvil.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of picture file, told apart by their first bytes and never by their name. */
public enum PictureFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF,
  HEIC,
  AVIF;

  /** Whether {@link PictureReader} can decode it. */
  public boolean isReadable() {
    return this != HEIC && this != AVIF;
  }

  /** The format that these bytes begin as; empty when it is none of ours. */
  public static Optional<PictureFormat> of(byte[] bytes) {
    if (startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (startsWith(bytes, 0, "II*\0") || startsWith(bytes, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    if (startsWith(bytes, 4, "ftyp")) {
      return isoMedia(bytes);
    }
    return startsWith(bytes, 0, "BM") ? Optional.of(BMP) : Optional.empty();
  }

  /** The brand of an ISO base media file (ISO/IEC 23008-12 for HEIC, AV1 Image File Format). */
  private static Optional<PictureFormat> isoMedia(byte[] bytes) {
    if (startsWith(bytes, 8, "avif") || startsWith(bytes, 8, "avis")) {
      return Optional.of(AVIF);
    }
    for (String brand : new String[] {"hei", "hev", "mif1", "msf1"}) {
      if (startsWith(bytes, 8, brand)) {
        return Optional.of(HEIC);
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int offset, String latin1) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
