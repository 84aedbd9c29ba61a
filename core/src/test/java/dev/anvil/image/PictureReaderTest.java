package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files made by Pillow 12.3: 32 x 16 pixels, the quarters are red (200, 30, 30), green (30, 180,
 * 40), blue (30, 40, 200) and yellow (220, 210, 40).
 */
class PictureReaderTest {
  private static final int[][] QUARTERS = {
    {200, 30, 30}, {30, 180, 40}, {30, 40, 200}, {220, 210, 40}
  };

  private static Picture read(String file) {
    return PictureReader.DEFAULT.read(file, TestPictures.file(file));
  }

  private static int[] pixel(Picture picture, int x, int y) {
    return new int[] {picture.get(x, y, 0), picture.get(x, y, 1), picture.get(x, y, 2)};
  }

  private static void assertQuarters(Picture picture, int[][] expected, int tolerance) {
    assertThat(picture.width()).isEqualTo(32);
    assertThat(picture.height()).isEqualTo(16);
    for (int q = 0; q < 4; q++) {
      int[] found = pixel(picture, q % 2 * 16 + 4, q / 2 * 8 + 4);
      for (int c = 0; c < 3; c++) {
        assertThat(found[c])
            .as("quarter %d channel %d", q, c)
            .isCloseTo(expected[q][c], within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quad.png", "quad.bmp", "quad.gif", "quad.tif", "quad.webp", "palette.png"})
  void readsLosslessFormatsExactly(String file) {
    assertQuarters(read(file), QUARTERS, 0);
  }

  @Test
  void readsProgressiveJpeg() {
    assertQuarters(read("progressive.jpg"), QUARTERS, 4);
  }

  @Test
  void readsCmykJpegAsColours() {
    assertQuarters(read("cmyk.jpg"), QUARTERS, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsEveryExifOrientationUpright(int orientation) {
    String file = "orientation" + orientation + ".jpg";
    assertQuarters(read(file), QUARTERS, 6);
    assertThat(PictureReader.DEFAULT.probe(file, TestPictures.file(file)))
        .isEqualTo(new PictureInfo(PictureFormat.JPEG, 32, 16, orientation));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orientation6.png", "orientation6.webp", "orientation6.tif"})
  void findsTheOrientationInOtherFormats(String file) {
    assertQuarters(read(file), QUARTERS, 0);
  }

  @ParameterizedTest
  @CsvSource({"grey.png,0", "grey.jpg,2"})
  void takesGreySamplesAsTheyAre(String file, int tolerance) {
    int[][] greys = {{81, 81, 81}, {119, 119, 119}, {55, 55, 55}, {194, 194, 194}};
    assertQuarters(read(file), greys, tolerance);
  }

  @Test
  void laysTransparencyOverWhite() {
    // value * alpha + 255 * (1 - alpha) with alpha 32, 160, 32, 160 of 255
    assertQuarters(
        read("alpha.png"),
        new int[][] {{248, 227, 227}, {114, 208, 120}, {227, 228, 248}, {233, 227, 120}},
        1);
    assertQuarters(
        read("greyalpha.png"),
        new int[][] {{233, 233, 233}, {170, 170, 170}, {230, 230, 230}, {217, 217, 217}},
        1);
    int[][] firstClear = QUARTERS.clone();
    firstClear[0] = new int[] {255, 255, 255};
    assertQuarters(read("palettealpha.png"), firstClear, 0);
  }

  @Test
  void roundsSixteenBitsToEight() {
    int[][] high = new int[4][];
    int[] values = {16928, 18980, 49760, 51812};
    for (int q = 0; q < 4; q++) {
      int v = (int) Math.round(values[q] / 257.0);
      high[q] = new int[] {v, v, v};
    }
    assertQuarters(read("grey16.png"), high, 0);
    assertThat(read("rgb16.png").get(4, 4, 0)).isEqualTo(high[0][0]);
  }

  @Test
  void refusesABombBeforeDecodingIt() {
    assertThatThrownBy(() -> read("bomb.png"))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("60000 x 60000")
        .hasMessageContaining("expected at most");
  }

  private static DecodeLimits limits(long pixels, long bytes) {
    return new DecodeLimits(pixels, bytes, 100, 20);
  }

  @Test
  void keepsToItsLimits() {
    byte[] png = TestPictures.file("quad.png");
    assertThat(new PictureReader(limits(512, 1000)).read("a", png).width()).isEqualTo(32);
    assertThatThrownBy(() -> new PictureReader(limits(511, 1000)).read("a", png))
        .hasMessageContaining("512 pixels; expected at most 511");
    assertThatThrownBy(() -> new PictureReader(limits(512, 50)).read("a", png))
        .hasMessageContaining("bytes; expected at most 50");
  }

  @ParameterizedTest
  @CsvSource({"heic,HEIC,heif-convert", "mif1,HEIC,heif-convert", "avif,AVIF,avifdec"})
  void namesAConverterForWhatItCannotDecode(String brand, String format, String converter) {
    byte[] bytes = ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> PictureReader.DEFAULT.read("a", bytes))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining(format)
        .hasMessageContaining(converter);
  }

  @Test
  void saysWhatItFoundInstead(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("a.jpg"), "<html>not found</html>");
    assertThatThrownBy(() -> PictureReader.DEFAULT.read(text))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("a.jpg: found a file that begins with bytes 3c 68 74 6d 6c");
    Path empty = Files.createFile(folder.resolve("b.png"));
    assertThatThrownBy(() -> PictureReader.DEFAULT.read(empty))
        .hasMessageContaining("b.png: found an empty file; expected a JPEG");
    assertThatThrownBy(() -> PictureReader.DEFAULT.probe(folder.resolve("c.png")))
        .hasMessageContaining("c.png: found no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"noise.jpg", "noise.png", "noise.webp", "noise.gif", "noise.bmp", "noise.tif"})
  void refusesATruncatedFile(String file) {
    byte[] whole = TestPictures.file(file);
    assertThat(PictureReader.DEFAULT.read(file, whole).width()).isEqualTo(96);
    for (double share : new double[] {.1, .5, .9}) {
      byte[] part = Arrays.copyOf(whole, (int) (whole.length * share));
      assertThatThrownBy(() -> PictureReader.DEFAULT.read(file, part))
          .as("%s cut at %s", file, share)
          .isInstanceOf(UnreadablePictureException.class)
          .hasMessageContaining(file);
    }
  }

  /**
   * Found by fuzzing: the size that such a header states is allocated, and the JPEG's is unknown.
   */
  @Test
  void refusesABmpThatHoldsAnotherPictureInsteadOfPixels() {
    byte[] jpeg = TestPictures.file("progressive.jpg");
    ByteBuffer bmp = ByteBuffer.allocate(54 + jpeg.length).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(54 + jpeg.length).putInt(0).putInt(54);
    bmp.putInt(40).putInt(32).putInt(16).putShort((short) 1).putShort((short) 0);
    bmp.putInt(4).putInt(Integer.MAX_VALUE - 8).putInt(0).putInt(0).putInt(0).putInt(0).put(jpeg);
    assertThatThrownBy(() -> PictureReader.DEFAULT.read("printed.bmp", bmp.array()))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage(
            "printed.bmp: found a BMP file around a JPEG picture; expected its pixels. Save it as"
                + " JPEG or PNG");
  }

  @Test
  void survivesEveryKindOfDamage() {
    for (String file :
        new String[] {"noise.jpg", "quad.png", "quad.gif", "quad.tif", "quad.webp"}) {
      byte[] whole = TestPictures.file(file);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 60; i++) {
        byte[] damaged = whole.clone();
        for (int k = 0; k < 4; k++) {
          damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(PictureReader.DEFAULT.read(file, damaged).width()).isPositive();
        } catch (UnreadablePictureException e) {
          assertThat(e).hasMessageContaining("expected");
        }
      }
    }
  }

  /** The metadata end before the pixels begin in all but TIFF, where both are one directory. */
  @ParameterizedTest
  @ValueSource(strings = {"orientation6.jpg", "orientation6.png", "orientation6.webp"})
  void damagedExifNeverMakesAPictureUnreadable(String file) {
    byte[] whole = TestPictures.file(file);
    int tiff = directory(whole);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 3; k++) {
        damaged[tiff + random.nextInt(24)] = (byte) random.nextInt(256);
      }
      PictureInfo info = PictureReader.DEFAULT.probe(file, damaged);
      assertThat(info.orientation()).isBetween(1, 8);
      assertThat(info.pixels()).isEqualTo(512);
      if (!file.endsWith("png")) { // whose chunks have a checksum
        assertThat(PictureReader.DEFAULT.read(file, damaged).width()).isIn(16, 32);
      }
    }
  }

  private static int directory(byte[] file) {
    String latin = new String(file, StandardCharsets.ISO_8859_1);
    return Math.max(latin.indexOf("MM\0*"), latin.indexOf("II*\0"));
  }
}
