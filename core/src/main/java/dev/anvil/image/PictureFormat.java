package dev.anvil.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * File formats that users supply as pictures, detected by their first bytes, never by the file
 * name.
 */
public enum PictureFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF,
  HEIC("heif-convert in.heic out.jpg"),
  AVIF("avifdec in.avif out.png"),
  JXL("djxl in.jxl out.png"),
  JPEG2000("magick in.jp2 out.png"),
  SVG("rsvg-convert --width 1080 in.svg -o out.png"),
  PSD("magick 'in.psd[0]' -background white -flatten out.png"),
  PDF("pdftoppm -png -r 150 -singlefile in.pdf out"),
  ICO("magick in.ico out.png"),
  VIDEO("ffmpeg -i in.mp4 -vf thumbnail -frames:v 1 out.png");

  /** How far a text file is searched for its first element. */
  private static final int HEAD = 1024;

  private final Optional<String> conversion;

  PictureFormat() {
    this.conversion = Optional.empty();
  }

  PictureFormat(String conversion) {
    this.conversion = Optional.of(conversion);
  }

  /** Whether {@link PictureReader} can decode it. */
  public boolean isReadable() {
    return conversion.isEmpty();
  }

  /** A command that makes a readable picture of one that is not. */
  public Optional<String> conversion() {
    return conversion;
  }

  /** What people call it. */
  @Override
  public String toString() {
    return this == VIDEO ? "a video" : name();
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
      return Optional.of(isoMedia(bytes));
    }
    return startsWith(bytes, 0, "BM") ? Optional.of(BMP) : unreadable(bytes);
  }

  /** Formats that are known only to be refused with a way out. */
  private static Optional<PictureFormat> unreadable(byte[] bytes) {
    if (startsWith(bytes, 0, "\u00ff\n") || startsWith(bytes, 0, "\0\0\0\fJXL ")) {
      return Optional.of(JXL);
    }
    if (startsWith(bytes, 0, "\0\0\0\fjP  ")) {
      return Optional.of(JPEG2000);
    }
    if (startsWith(bytes, 0, "8BPS")) {
      return Optional.of(PSD);
    }
    if (startsWith(bytes, 0, "%PDF") || startsWith(bytes, 0, "%!PS")) {
      return Optional.of(PDF);
    }
    if (startsWith(bytes, 0, "\u001aE\u00df\u00a3")
        || (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "AVI "))
        || startsWith(bytes, 0, "\0\0\1\u00ba")) {
      return Optional.of(VIDEO);
    }
    if (startsWith(bytes, 0, "\0\0\1\0")) {
      return Optional.of(ICO);
    }
    return isSvg(bytes) ? Optional.of(SVG) : Optional.empty();
  }

  private static boolean isSvg(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    int element = head.indexOf('<');
    return element >= 0 && element <= 8 && head.contains("<svg");
  }

  /**
   * The brand of an ISO base media file (ISO/IEC 23008-12 for HEIC, AV1 Image File Format), or what
   * it is compatible with; a file of any other brand is a video.
   */
  private static PictureFormat isoMedia(byte[] bytes) {
    int size = Math.min(bytes.length, Math.max(12, Math.min(HEAD, bytes[3] & 255)));
    for (int at = 8; at + 4 <= size; at += at == 8 ? 8 : 4) { // a version follows the brand
      if (startsWith(bytes, at, "avif") || startsWith(bytes, at, "avis")) {
        return AVIF;
      }
    }
    for (String brand : new String[] {"hei", "hev", "mif1", "msf1"}) {
      if (startsWith(bytes, 8, brand)) {
        return HEIC;
      }
    }
    return VIDEO;
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
