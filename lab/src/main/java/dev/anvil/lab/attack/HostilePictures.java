package dev.anvil.lab.attack;

import static dev.anvil.lab.attack.HostileCase.any;
import static dev.anvil.lab.attack.HostileCase.refused;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Pictures that are made to cost time or memory, or to be read as what they are not. */
final class HostilePictures {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private HostilePictures() {}

  /**
   * All of them.
   *
   * @param jpeg a sound baseline JPEG
   */
  static List<HostileCase> all(byte[] jpeg) throws IOException {
    List<HostileCase> out = new ArrayList<>();
    out.add(refused("JPEG with 3,000 scans", scans(jpeg, 3_000)));
    out.add(refused("JPEG of 65,535 x 65,535", resized(jpeg, 65_535, 65_535)));
    out.add(refused("JPEG of 0 x 0", resized(jpeg, 0, 0)));
    out.add(refused("JPEG cut amid its pixels", Arrays.copyOf(jpeg, jpeg.length / 2)));
    out.add(any("JPEG without its end marker", Arrays.copyOf(jpeg, jpeg.length - 2)));
    out.add(any("JPEG with 1 MB after its end", with(jpeg, new byte[1 << 20])));
    out.add(any("JPEG with 500 comments of 64 KB", comments(jpeg, 500)));
    out.add(refused("JPEG that is only markers", new byte[] {-1, -40, -1, -1, -1, -1, -1}));
    out.add(any("JPEG with an EXIF block of garbage", segment(jpeg, 0xe1, exif())));
    out.add(any("JPEG with an ICC profile of garbage", segment(jpeg, 0xe2, icc())));
    out.add(
        refused("PNG of 50,000 x 50,000 in 6 MB", png(50_000, 50_000, 8, 0, new byte[6 << 20])));
    out.add(
        refused("PNG of 2^31 - 1 pixels' width", png(Integer.MAX_VALUE, 1, 8, 2, new byte[10])));
    out.add(refused("PNG without pixels", png(10, 10, 8, 2, new byte[0])));
    out.add(refused("PNG whose pixels end early", png(500, 500, 8, 2, new byte[100])));
    out.add(any("PNG with a bomb of text", bombOfText()));
    out.add(any("PNG of 16 bits", sixteenBits()));
    out.add(refused("PNG with a chunk of 2 GB", chunkOfTwoGigabytes()));
    out.add(refused("PNG with a wrong sum", wrongSum()));
    out.add(any("animated GIF of 3,000 frames", gif(3_000)));
    out.add(refused("GIF of 65,535 x 65,535", gif(1, 65_535)));
    out.add(refused("BMP of 2^31 - 1 rows", bmp(1, Integer.MAX_VALUE)));
    out.add(refused("TIFF whose directory points to itself", tiff()));
    out.add(
        refused(
            "SVG",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"));
    out.add(refused("HTML", "<!DOCTYPE html><html><body>404</body></html>"));
    out.add(refused("nothing", new byte[0]));
    out.add(refused("WebP of 16,384 x 16,384 without pixels", webp()));
    return out;
  }

  /** Repeats the one scan; each repetition is decoded. */
  private static byte[] scans(byte[] jpeg, int count) {
    byte[] progressive = jpeg.clone();
    int frame = find(progressive, 0xc0);
    progressive[frame + 1] = (byte) 0xc2;
    int scan = find(progressive, 0xda);
    byte[] one = Arrays.copyOfRange(progressive, scan, Math.min(scan + 200, jpeg.length - 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(progressive, 0, scan);
    for (int i = 0; i < count; i++) {
      out.write(one, 0, one.length);
    }
    out.write(0xff);
    out.write(0xd9);
    return out.toByteArray();
  }

  private static byte[] resized(byte[] jpeg, int width, int height) {
    byte[] out = jpeg.clone();
    int frame = find(out, 0xc0);
    out[frame + 5] = (byte) (height >> 8);
    out[frame + 6] = (byte) height;
    out[frame + 7] = (byte) (width >> 8);
    out[frame + 8] = (byte) width;
    return out;
  }

  private static byte[] comments(byte[] jpeg, int count) {
    byte[] out = jpeg;
    for (int i = 0; i < count; i++) {
      out = segment(out, 0xfe, new byte[65_533]);
    }
    return out;
  }

  /** Puts a segment after the start of the file. */
  private static byte[] segment(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static byte[] exif() {
    return with(
        "Exif\0\0MM\0*\0\0\0\u0008\u00ff\u00ff".getBytes(StandardCharsets.ISO_8859_1),
        new byte[200]);
  }

  private static byte[] icc() {
    return with("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1), new byte[500]);
  }

  private static int find(byte[] jpeg, int marker) {
    for (int i = 2; i < jpeg.length; ) {
      if ((jpeg[i + 1] & 255) == marker) {
        return i;
      }
      i += 2 + ((jpeg[i + 2] & 255) << 8 | (jpeg[i + 3] & 255));
    }
    throw new IllegalArgumentException("no marker %x".formatted(marker));
  }

  private static byte[] with(byte[] first, byte[] second) {
    byte[] out = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }

  private static byte[] png(int width, int height, int bits, int colour, byte[] pixels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PNG);
    chunk(out, "IHDR", header(width, height, bits, colour));
    if (pixels.length > 0) {
      chunk(out, "IDAT", deflated(pixels));
    }
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] header(int width, int height, int bits, int colour) {
    return java.nio.ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put((byte) bits)
        .put((byte) colour)
        .array();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] named = with(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 sum = new CRC32();
    sum.update(named);
    out.writeBytes(java.nio.ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(named);
    out.writeBytes(java.nio.ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] sound() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /** 400 MB of zeros behind one compressed text. */
  private static byte[] bombOfText() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
    text.writeBytes(deflated(new byte[400_000_000]));
    byte[] sound = sound();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(sound, 0, 33);
    chunk(out, "zTXt", text.toByteArray());
    out.write(sound, 33, sound.length - 33);
    return out.toByteArray();
  }

  private static byte[] sixteenBits() {
    byte[] rows = new byte[48 * (1 + 64 * 6)];
    new java.util.SplittableRandom(1).nextBytes(rows);
    for (int y = 0; y < 48; y++) {
      rows[y * (1 + 64 * 6)] = 0;
    }
    return png(64, 48, 16, 2, rows);
  }

  private static byte[] chunkOfTwoGigabytes() throws IOException {
    byte[] out = sound();
    out[33] = 0x7f;
    out[34] = (byte) 0xff;
    return out;
  }

  private static byte[] wrongSum() throws IOException {
    byte[] out = sound();
    out[30] ^= 1;
    return out;
  }

  private static byte[] gif(int frames) {
    return gif(frames, 16);
  }

  private static byte[] gif(int frames, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {(byte) size, (byte) (size >> 8), (byte) size, (byte) (size >> 8)});
    out.writeBytes(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1});
    for (int i = 0; i < frames; i++) {
      out.writeBytes(new byte[] {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
    }
    out.write(0x3b);
    return out.toByteArray();
  }

  private static byte[] bmp(int width, int height) {
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(200).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'B').put((byte) 'M').putInt(200).putInt(0).putInt(54);
    out.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
    return out.array();
  }

  private static byte[] tiff() {
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(100).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    out.putShort((short) 1)
        .putShort((short) 256)
        .putShort((short) 4)
        .putInt(1)
        .putInt(10)
        .putInt(8);
    return out.array();
  }

  private static byte[] webp() {
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(40).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
    out.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(20);
    out.put((byte) 0x2f).putInt(0x0fffffff);
    return out.array();
  }
}
