package dev.anvil.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/** Synthetic pictures and files made by Pillow 12.3. */
final class TestPictures {
  private TestPictures() {}

  /**
   * R = (7x + 3y) mod 256, G = (5x xor 11y) mod 256, B = xy mod 256, as docs/model-contracts.md
   * section 1.3 has it.
   */
  static Picture reference(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++, o += 3) {
        rgb[o] = (byte) (7 * x + 3 * y);
        rgb[o + 1] = (byte) ((5 * x) ^ (11 * y));
        rgb[o + 2] = (byte) (x * y);
      }
    }
    return new Picture(width, height, rgb);
  }

  static Picture noise(int width, int height, long seed) {
    byte[] rgb = new byte[width * height * 3];
    new SplittableRandom(seed).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  static byte[] file(String name) {
    try (InputStream in = TestPictures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
