package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures as people really have them, made here. */
class PictureKindsTest {
  private static Decoded decode(byte[] bytes) {
    return PictureReader.DEFAULT.decode("a", bytes);
  }

  private static List<Integer> pixel(Picture picture, int x, int y) {
    return List.of(picture.get(x, y, 0), picture.get(x, y, 1), picture.get(x, y, 2));
  }

  private static BufferedImage plain(Color colour) {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 16, 12);
    graphics.dispose();
    return image;
  }

  private static BufferedImage spotted(Color ground, Color spot) {
    BufferedImage image = plain(ground);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(spot);
    graphics.fillRect(4, 4, 6, 6);
    graphics.dispose();
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] opaquePng(Color ground, Color spot) throws IOException {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().drawImage(spotted(ground, spot), 0, 0, null);
    return png(image);
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] body = Arrays.copyOf(type.getBytes(StandardCharsets.ISO_8859_1), 4 + data.length);
    System.arraycopy(data, 0, body, 4, data.length);
    CRC32 crc = new CRC32();
    crc.update(body);
    return ByteBuffer.allocate(body.length + 8)
        .putInt(data.length)
        .put(body)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A PNG file with chunks after its header. */
  private static byte[] with(byte[] png, byte[]... chunks) {
    return join(Arrays.copyOf(png, 33), join(chunks), Arrays.copyOfRange(png, 33, png.length));
  }

  private static byte[] profile(ICC_Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("p\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
      packed.write(profile.getData());
    }
    return chunk("iCCP", out.toByteArray());
  }

  private static byte[] numbers(String type, int... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      data.putInt(value);
    }
    return chunk(type, data.array());
  }

  @Test
  void aPngWithOneBitChangedIsRefusedUnlessWhatChangedCanBePassedOver() throws IOException {
    byte[] png = with(opaquePng(Color.RED, Color.BLUE), chunk("tEXt", new byte[] {'a', 0, 'b'}));
    byte[] header = png.clone();
    header[19] ^= 1; // the last byte of the width
    assertThatThrownBy(() -> PictureReader.DEFAULT.read("x.png", header))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("its chunk IHDR has another checksum than it states");
    byte[] text = png.clone();
    text[43] ^= 1;
    assertThat(PictureReader.DEFAULT.read("x.png", text).width()).isEqualTo(16);
  }

  @Test
  void bringsAPngToSrgbByItsProfile() throws IOException {
    byte[] png = opaquePng(new Color(64, 128, 192), Color.BLACK);
    ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);
    Picture converted = decode(with(png, profile(linear))).picture();
    for (int c = 0; c < 3; c++) {
      assertThat(converted.get(0, 0, c))
          .isCloseTo(OkLab.srgb(new int[] {64, 128, 192}[c] / 255.), within(2));
    }
    ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    assertThat(decode(with(png, profile(srgb))).picture()).isEqualTo(decode(png).picture());
    byte[] broken = chunk("iCCP", "p\0\0junk".getBytes(StandardCharsets.ISO_8859_1));
    Decoded damaged = decode(with(png, broken));
    assertThat(damaged.picture()).isEqualTo(decode(png).picture());
    assertThat(damaged.notices())
        .containsExactly("has a damaged colour profile; its colours are taken for sRGB");
  }

  @Test
  void bringsAPngToSrgbByItsPrimariesAndCurve() throws IOException {
    byte[] png = opaquePng(new Color(200, 100, 50), Color.BLACK);
    byte[] linear = with(png, numbers("gAMA", 100_000));
    assertThat(decode(linear).picture().get(0, 0, 1)).isEqualTo(OkLab.srgb(100 / 255.));
    byte[] usual =
        with(
            png,
            numbers("cHRM", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000),
            numbers("gAMA", 45455));
    assertThat(decode(usual).picture()).isEqualTo(decode(png).picture());
    byte[] marked = with(png, numbers("gAMA", 100_000), chunk("sRGB", new byte[1]));
    assertThat(decode(marked).picture()).isEqualTo(decode(png).picture());
    // Display P3's (200, 100, 50) in sRGB, computed with the matrices of CSS Color 4
    byte[] wide = with(png, numbers("cHRM", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000));
    assertThat(pixel(decode(wide).picture(), 0, 0)).isEqualTo(List.of(215, 93, 31));
    byte[] coded = with(png, chunk("cICP", new byte[] {12, 13, 0, 1}));
    assertThat(decode(coded).picture()).isEqualTo(decode(wide).picture());
  }

  @Test
  void readsAJpegThatLacksNothingButItsEnd() {
    byte[] jpeg = TestPictures.file("noise.jpg");
    Decoded found = decode(Arrays.copyOf(jpeg, jpeg.length - 2));
    assertThat(found.picture()).isEqualTo(decode(jpeg).picture());
    assertThat(found.notices()).containsExactly("has no end marker; its pixels are whole");
    assertThat(decode(jpeg).notices()).isEmpty();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void refusesAJpegOfEndlessScans() {
    byte[] jpeg = TestPictures.file("progressive.jpg");
    int scan = 2;
    while ((jpeg[scan + 1] & 255) != 0xda) {
      scan += 2 + ((jpeg[scan + 2] & 255) << 8 | (jpeg[scan + 3] & 255));
    }
    int next = scan + 2;
    while ((jpeg[next] & 255) != 255 || jpeg[next + 1] == 0) {
      next++;
    }
    byte[][] scans = new byte[3000][];
    Arrays.fill(scans, Arrays.copyOfRange(jpeg, scan, next));
    byte[] endless =
        join(Arrays.copyOf(jpeg, scan), join(scans), Arrays.copyOfRange(jpeg, scan, jpeg.length));
    assertThatThrownBy(() -> decode(endless))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("scans; expected at most 100")
        .hasMessageContaining("ANVIL_MAX_JPEG_SCANS");
  }

  @Test
  void takesLimitsFromTheEnvironment() {
    assertThat(DecodeLimits.of(Map.of("ANVIL_MAX_PIXELS", "7")).pixels()).isEqualTo(7);
    assertThatThrownBy(() -> DecodeLimits.of(Map.of("ANVIL_MAX_PIXELS", "many")))
        .hasMessageContaining("ANVIL_MAX_PIXELS: found \"many\"; expected a whole number");
  }

  @Test
  void takesTheFirstFrameOfAGifThatShowsSomething() throws IOException {
    byte[] gif = gif(plain(Color.WHITE), spotted(Color.WHITE, Color.RED), plain(Color.BLUE));
    Decoded found = decode(gif);
    assertThat(pixel(found.picture(), 6, 6)).isEqualTo(List.of(255, 0, 0));
    assertThat(found.notices())
        .containsExactly(
            "is an animation of 3 frames; frame 2, the first that shows something, is used");
    assertThat(decode(gif(spotted(Color.WHITE, Color.RED), plain(Color.BLUE))).notices())
        .containsExactly("is an animation of 2 frames; the first is used");
    assertThat(decode(gif(plain(Color.WHITE), plain(Color.BLUE))).notices())
        .containsExactly(
            "is an animation of 2 frames; the first is used",
            "is blank: it has one colour everywhere");
  }

  private static byte[] gif(BufferedImage... frames) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (BufferedImage frame : frames) {
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
        writer.writeToSequence(new IIOImage(frame, null, metadata), null);
      }
      writer.endWriteSequence();
    }
    writer.dispose();
    return out.toByteArray();
  }

  @Test
  void takesTheFirstFrameOfAnAnimatedPngThatShowsSomething() throws IOException {
    byte[] still = png(plain(Color.WHITE));
    byte[] second = pixels(png(spotted(new Color(0, 0, 0, 0), Color.RED)));
    byte[] moving =
        join(
            Arrays.copyOf(still, 33),
            numbers("acTL", 2, 0),
            control(0, 0),
            chunk("IDAT", pixels(still)),
            control(1, 1),
            chunk("fdAT", join(new byte[] {0, 0, 0, 2}, second)),
            chunk("IEND", new byte[0]));
    Decoded found = decode(moving);
    assertThat(pixel(found.picture(), 6, 6)).isEqualTo(List.of(255, 0, 0));
    assertThat(pixel(found.picture(), 0, 0)).isEqualTo(List.of(255, 255, 255));
    assertThat(found.notices().get(0)).contains("frame 2, the first that shows something");
  }

  private static byte[] pixels(byte[] png) {
    return PngChunks.of(png).find("IDAT").orElseThrow().data();
  }

  /** The whole of 16 x 12 pixels; blends over what was there, or not. */
  private static byte[] control(int number, int blend) {
    ByteBuffer data = ByteBuffer.allocate(26);
    data.putInt(number).putInt(16).putInt(12).putInt(0).putInt(0);
    return chunk(
        "fcTL", data.putShort((short) 1).putShort((short) 9).put(25, (byte) blend).array());
  }

  @Test
  void saysWhatIsBlankOrTransparent() throws IOException {
    assertThat(decode(png(plain(new Color(0, 0, 0, 0)))).notices())
        .containsExactly("is wholly transparent, so it is plain white");
    assertThat(decode(png(plain(Color.PINK))).notices())
        .containsExactly("is blank: it has one colour everywhere");
    Decoded cutout = decode(png(spotted(new Color(0, 0, 0, 0), Color.RED)));
    assertThat(cutout.notices())
        .containsExactly("has transparent parts, which are laid over white");
    assertThat(pixel(cutout.picture(), 0, 0)).isEqualTo(List.of(255, 255, 255));
    assertThat(decode(png(spotted(Color.GREEN, Color.RED))).notices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'<?xml version=\"1.0\"?><svg width=\"9\">',SVG,rsvg-convert",
    "'8BPS\0\1',PSD,flatten",
    "'%PDF-1.4',PDF,pdftoppm",
    "'\0\0\0\u0018ftypisom\0\0\0\0mp42',a video,ffmpeg",
    "'\0\0\0\u0018ftypmif1\0\0\0\0avif',AVIF,avifdec",
    "'RIFF1234AVI LIST',a video,ffmpeg"
  })
  void namesAWayOutForOtherFiles(String start, String format, String converter) {
    byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("found " + format + ", which Anvil cannot decode")
        .hasMessageContaining(converter);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void opensRegularFilesOnly(@TempDir Path folder) throws IOException, InterruptedException {
    assertThatThrownBy(() -> PictureReader.DEFAULT.read(folder))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("found a folder");
    Path device = Path.of("/dev/zero");
    if (Files.exists(device)) {
      Path pipe = folder.resolve("a.jpg");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      for (Path endless : List.of(device, pipe)) {
        assertThatThrownBy(() -> PictureReader.DEFAULT.read(endless))
            .isInstanceOf(UnreadablePictureException.class)
            .hasMessageContaining("found a pipe or device");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,20000", "20000,1", "3,9000"})
  void showsAnyShapeToANetworkInBoundedMemory(int width, int height) {
    Picture thin = TestPictures.noise(width, height, 1);
    Picture clip = PicturePreparation.CLIP.view(thin);
    assertThat(Size.of(clip)).isEqualTo(new Size(224, 224));
    PicturePreparation uncut =
        PicturePreparation.imagenet(new SizeRule.Shortest(640), PilResize.Filter.BILINEAR);
    Size frame = uncut.framing(Size.of(thin)).frame();
    assertThat(Math.max(frame.width(), frame.height())).isEqualTo(16 * 640);
    assertThat(Size.of(uncut.view(thin))).isEqualTo(frame);
  }

  @Test
  void aPartOfAResizedPictureIsThatOfTheWhole() {
    Picture picture = TestPictures.noise(40, 90, 2);
    for (PilResize.Filter filter : PilResize.Filter.values()) {
      for (Size size : List.of(new Size(24, 55), new Size(100, 90), new Size(40, 200))) {
        Picture whole = PilResize.resize(picture, size.width(), size.height(), filter);
        PilResize.Part part = new PilResize.Part(5, 9, 17, 31);
        assertThat(PilResize.resize(picture, size, part, filter))
            .isEqualTo(whole.crop(5, 9, 17, 31));
      }
    }
  }
}
