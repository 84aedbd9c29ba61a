package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.standin.ForegroundStandIn;
import dev.anvil.standin.QueriesStandIn;
import dev.anvil.standin.SamStandIn;
import dev.anvil.standin.SegFormerStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements by packs that a user added; stand-ins of the published ones. */
class ElementsCommandTest {
  @TempDir Path folder;

  @Test
  void anAddedOneFormerFindsTheCarAndDrawsIt() throws IOException {
    Path source = folder.resolve("oneformer");
    QueriesStandIn.ade20k(256, 340, 20).oneFormer(source);
    add(source);
    Path picture = picture("car.png");
    Path overlay = folder.resolve("overlay.png");

    Cli cli =
        run("elements", picture.toString(), "--segmenter", "oneformer", "-o", overlay.toString());

    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("car, confidence 0.99, 15.", "sky", "road", "Wrote " + overlay);
    Picture drawn = PictureReader.DEFAULT.read(overlay);
    Picture plain = PictureReader.DEFAULT.read(picture);
    assertThat(drawn.width()).isEqualTo(plain.width());
    assertThat(drawn.get(100, 150, 2)).isNotEqualTo(plain.get(100, 150, 2));
  }

  @Test
  void rowsSayWhereAnElementIs() throws IOException {
    Path source = folder.resolve("segformer");
    SegFormerStandIn.USUAL.write(source);
    add(source);

    Cli cli = run("elements", picture("a.png").toString(), "--segmenter", "segformer", "--json");

    JsonNode car =
        Common.mapper()
            .readTree(cli.out())
            .valueStream()
            .filter(r -> r.get("label").asText().equals("car"))
            .findFirst()
            .orElseThrow();
    assertThat(car.get("box").get("left").asDouble()).isBetween(46., 50.);
    assertThat(car.get("box").get("right").asDouble()).isBetween(206., 210.);
  }

  @Test
  void severalPicturesAreDrawnIntoAFolder() throws IOException {
    Path source = folder.resolve("u2net");
    ForegroundStandIn.u2net().write(source);
    add(source);
    Path out = folder.resolve("drawn");

    Cli cli =
        run(
            "elements",
            picture("a.png").toString(),
            picture("b.png").toString(),
            "--segmenter",
            "u2net",
            "-o",
            out.toString());

    assertThat(cli.out()).contains("foreground");
    assertThat(out.resolve("a.png")).exists();
    assertThat(out.resolve("b.png")).exists();
  }

  @Test
  void aPointAndABoxFindOneElementEach() throws IOException {
    Path source = folder.resolve("sam");
    SamStandIn.split(source);
    add(source);
    String picture = picture("a.png").toString();

    Cli cli =
        run(
            "elements",
            picture,
            "--segmenter",
            "sam",
            "--point",
            "150,110",
            "--box",
            "140,100,180,140");

    assertThat(cli.out()).contains("point 150,110, confidence 0.90", "box 140,100,180,140");
    assertThat(run("elements", picture, "--segmenter", "sam", "--text", "a car").err())
        .contains("found the words \"a car\"; expected a point or a box");
  }

  @Test
  void whatCannotBePointedAtIsSaid() throws IOException {
    String picture = picture("a.png").toString();
    assertThat(run("elements", picture, "--text", "a car").err())
        .contains("found a pack of kind anvil; expected one of [clipseg, sam]");
    assertThat(run("elements", picture, "--point", "12").err())
        .contains("points: found [12.0]; expected x, y");
    assertThat(run("elements", picture, "--box", "9,9,5,20").err())
        .contains("expected left, top, right, bottom with right > left");
    assertThat(run("elements", picture, "--segmenter", "no-such-pack").err())
        .contains("found no \"no-such-pack\"");
    assertThat(run("elements", picture, "--task", "all").err())
        .contains("expected one of [semantic, instance, panoptic]");
  }

  private void add(Path source) {
    Cli added =
        run("models", "add", source.toString(), "--licence", "MIT", "--origin", "a stand-in");
    assertThat(added.err()).isEmpty();
    assertThat(added.exit()).isZero();
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--models", folder.resolve("models").toString(), "--quiet"));
    if (arguments[0].equals("elements")) {
      all.addAll(List.of("-w", folder.resolve("work").toString()));
    }
    return Cli.run(all.toArray(String[]::new));
  }

  /** A grey sky over a grey road, and on it a red ellipse. */
  private Path picture(String name) throws IOException {
    int width = 320;
    int height = 240;
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i += 3) {
        boolean isCar = Math.hypot((x + .5 - 128) / 80, (y + .5 - 156) / 48) < 1;
        byte grey = (byte) (y < height / 2 ? 205 : 90);
        rgb[i] = isCar ? (byte) 196 : grey;
        rgb[i + 1] = isCar ? (byte) 26 : grey;
        rgb[i + 2] = isCar ? (byte) 18 : grey;
      }
    }
    return Files.write(folder.resolve(name), PictureWriter.png(new Picture(width, height, rgb)));
  }
}
