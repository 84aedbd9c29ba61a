package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * A drawn car of known paint on textured ground under a blue sky, with a person on its right if
 * asked for; 160 x 120 pixels.
 */
final class Scene {
  static final int WIDTH = 160;
  static final int HEIGHT = 120;

  /** Around the car: a body with shading, a highlight, a dark window and two tyres. */
  static final Box CAR = new Box(40, 50, 110, 90);

  static final Box BODY = new Box(40, 62, 110, 84);
  static final Box WINDOW = new Box(56, 52, 94, 62);
  static final Box HIGHLIGHT = new Box(60, 65, 80, 68);
  static final Box PERSON = new Box(116, 46, 126, 92);

  private final byte[] rgb = new byte[WIDTH * HEIGHT * 3];
  private final float[] car = new float[WIDTH * HEIGHT];
  private final float[] person = new float[WIDTH * HEIGHT];
  private final float[] paint = new float[WIDTH * HEIGHT];

  private Scene(String paintHex, boolean withPerson) {
    SplittableRandom random = new SplittableRandom(3);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grain = random.nextInt(-8, 9);
        int stripe = (x / 4 + y / 3) % 2 * 14;
        set(
            x,
            y,
            y < 56 ? 150 : 120 + grain + stripe,
            y < 56 ? 190 : 104 + grain + stripe,
            y < 56 ? 230 : 80 + grain + stripe);
      }
    }
    OkLab colour = OkLab.ofHex(paintHex);
    box(BODY, (x, y) -> shaded(colour, 1.12 - .5 * (y - BODY.top()) / BODY.height()), car);
    box(new Box(50, 50, 100, 52), (x, y) -> shaded(colour, 1), car);
    box(new Box(50, 52, 56, 62), (x, y) -> shaded(colour, 1), car);
    box(new Box(94, 52, 100, 62), (x, y) -> shaded(colour, 1), car);
    System.arraycopy(car, 0, paint, 0, car.length);
    box(HIGHLIGHT, (x, y) -> 0xf4f4f4, car);
    box(WINDOW, (x, y) -> 0x3a4450, car);
    disc(54, 82, 0x26262a);
    disc(96, 82, 0x26262a);
    if (withPerson) {
      box(PERSON, (x, y) -> y < 54 ? 0xd8a888 : y < 70 ? 0x2040a0 : 0x303030, person);
    }
  }

  static EditRequest request(String paintHex, boolean withPerson, long seed) {
    Scene scene = new Scene(paintHex, withPerson);
    Mask car = new Mask(WIDTH, HEIGHT, scene.car);
    Mask person = new Mask(WIDTH, HEIGHT, scene.person);
    List<Element> elements = new ArrayList<>();
    elements.add(new Element("car", 1, CAR, car));
    if (withPerson) {
      elements.add(new Element("person", 1, PERSON, person));
    }
    elements.add(
        new Element(
            Segmentation.BACKGROUND,
            1,
            new Box(0, 0, WIDTH, HEIGHT),
            car.union(person).inverted()));
    Picture picture = new Picture(WIDTH, HEIGHT, scene.rgb);
    return new EditRequest(picture, new Segmentation(elements), car, seed);
  }

  /** The request with a person and a background of which the upper half is named: sky. */
  static EditRequest withSky(String paintHex, long seed) {
    EditRequest request = request(paintHex, true, seed);
    List<Element> elements = new ArrayList<>(request.elements().elements());
    Box sky = new Box(0, 0, WIDTH, HEIGHT / 2);
    Mask behind = elements.get(elements.size() - 1).mask();
    elements.add(
        0, new Element("sky", 1, sky, Masks.ofBox(WIDTH, HEIGHT, sky).intersection(behind), false));
    return new EditRequest(request.source(), new Segmentation(elements), request.mask(), seed);
  }

  /** Where {@link #request} shows paint in plain light. */
  static Mask paint() {
    Mask paint = new Mask(WIDTH, HEIGHT, new Scene("c01818", false).paint);
    Mask tyres =
        Masks.ofBox(WIDTH, HEIGHT, new Box(45, 73, 64, 92))
            .union(Masks.ofBox(WIDTH, HEIGHT, new Box(87, 73, 106, 92)));
    return paint.minus(tyres).minus(Masks.ofBox(WIDTH, HEIGHT, HIGHLIGHT)).eroded(1);
  }

  /** The request with another element as the one to change. */
  static EditRequest aimedAt(EditRequest request, String label) {
    return new EditRequest(
        request.source(),
        request.elements(),
        request.elements().find(label).orElseThrow().mask(),
        request.seed());
  }

  /** Two plain plates of other shapes than the scene. */
  static List<Path> plates(Path folder) {
    return List.of(
        write(folder.resolve("plate-1.png"), plain(320, 100, (byte) 40)),
        write(folder.resolve("plate-2.png"), plain(90, 200, (byte) 200)));
  }

  private static Picture plain(int width, int height, byte value) {
    byte[] rgb = new byte[width * height * 3];
    Arrays.fill(rgb, value);
    return new Picture(width, height, rgb);
  }

  private static Path write(Path file, Picture picture) {
    try {
      return Files.write(file, PictureWriter.png(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two figures with clear surroundings, one green, one magenta. */
  static List<Path> figures(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Color colour : new Color[] {new Color(20, 220, 40), new Color(220, 30, 220)}) {
      BufferedImage image = new BufferedImage(20, 80, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(colour);
      graphics.fillRect(3, 0, 14, 80);
      graphics.dispose();
      Path file = folder.resolve("figure-" + files.size() + ".png");
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        files.add(Files.write(file, out.toByteArray()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  static OkLab mean(Picture picture, Mask mask) {
    double[] sum = new double[4];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (mask.get(x, y) > .5f) {
          OkLab lab = pixel(picture, x, y);
          sum[0] += lab.l();
          sum[1] += lab.a();
          sum[2] += lab.b();
          sum[3]++;
        }
      }
    }
    return new OkLab(sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]);
  }

  static OkLab pixel(Picture picture, int x, int y) {
    return OkLab.of(picture.get(x, y, 0), picture.get(x, y, 1), picture.get(x, y, 2));
  }

  private interface Brush {
    int at(int x, int y);
  }

  private void box(Box box, Brush brush, float[] element) {
    for (int y = (int) box.top(); y < box.bottom(); y++) {
      for (int x = (int) box.left(); x < box.right(); x++) {
        int colour = brush.at(x, y);
        set(x, y, colour >> 16, (colour >> 8) & 255, colour & 255);
        element[y * WIDTH + x] = 1;
      }
    }
  }

  private void disc(int cx, int cy, int colour) {
    box(
        new Box(cx - 8, cy - 8, cx + 8, cy + 8),
        (x, y) -> {
          boolean inside = (x - cx) * (x - cx) + (y - cy) * (y - cy) <= 64;
          int i = (y * WIDTH + x) * 3;
          int was = (rgb[i] & 255) << 16 | (rgb[i + 1] & 255) << 8 | (rgb[i + 2] & 255);
          return inside ? colour : was;
        },
        new float[WIDTH * HEIGHT]);
    for (int y = cy - 8; y < cy + 8; y++) {
      for (int x = cx - 8; x < cx + 8; x++) {
        if ((x - cx) * (x - cx) + (y - cy) * (y - cy) <= 64) {
          car[y * WIDTH + x] = 1;
        }
      }
    }
  }

  private static int shaded(OkLab colour, double light) {
    double[] linear = colour.toLinear();
    return OkLab.srgb(linear[0] * light) << 16
        | OkLab.srgb(linear[1] * light) << 8
        | OkLab.srgb(linear[2] * light);
  }

  private void set(int x, int y, int red, int green, int blue) {
    int i = (y * WIDTH + x) * 3;
    rgb[i] = (byte) red;
    rgb[i + 1] = (byte) green;
    rgb[i + 2] = (byte) blue;
  }
}
