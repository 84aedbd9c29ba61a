package dev.anvil.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Pictures made to try networks on. */
public final class ProbePictures {
  private static final int SIDE = 224;

  /** Four pictures of 224 x 224 that look different to any network, by what they show. */
  public static final Map<String, Picture> ALL = pictures();

  /** The two of them that show something. */
  public static final List<Picture> TWO = List.copyOf(ALL.values()).subList(2, 4);

  private ProbePictures() {}

  private static Map<String, Picture> pictures() {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    pictures.put("a white picture", painted((x, y) -> 0xffffff));
    pictures.put("a black picture", painted((x, y) -> 0));
    pictures.put("a picture of a red disc on blue", painted(ProbePictures::disc));
    SplittableRandom random = new SplittableRandom(1);
    int[] tiles = random.ints(49, 0, 1 << 24).toArray();
    pictures.put("a picture of coloured tiles", painted((x, y) -> tiles[y / 32 * 7 + x / 32]));
    return Collections.unmodifiableMap(pictures);
  }

  private static int disc(int x, int y) {
    return Math.hypot(x - 112, y - 112) < 70 ? 0xd02020 : 0x2040c0;
  }

  private interface Paint {
    int at(int x, int y);
  }

  private static Picture painted(Paint paint) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int colour = paint.at(i % SIDE, i / SIDE);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new Picture(SIDE, SIDE, rgb);
  }
}
