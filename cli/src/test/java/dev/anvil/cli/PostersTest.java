package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.standin.QueriesStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Campaigns that are not about cars, by a segmenter that calls what is coloured by another name.
 */
class PostersTest {
  private static final int POSTS = 60;
  private static final int WIDTH = 171;
  private static final int HEIGHT = 128;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"16, dog", "0, person"})
  void runThroughFitStarterStudyAndReportWithoutACarInAnySentence(int coco, String label)
      throws IOException {
    Path source = folder.resolve("mask2former");
    new QueriesStandIn(HEIGHT, WIDTH, 20, 133, coco, 119, 100).mask2Former(source);
    run(
        "models",
        "add",
        source.toString(),
        "--licence",
        "MIT",
        "--origin",
        "a stand-in",
        "--kind",
        "mask2former");
    Path study = folder.resolve("study.yaml");

    run("import", posts().toString());
    Cli fitted = run("fit", "--segmenter", "mask2former");
    run("study", study.toString(), "--init");
    String starter = Files.readString(study);
    assertThat(starter).contains("sources: {element: [" + label + "]");
    Files.writeString(study, starter.replace("count: 40", "count: 8"));
    Cli studied = run("study", study.toString());
    run("report");
    String report =
        Files.readString(folder.resolve("work/report/report.html"))
            .replaceAll("(?s)<script.*?</script>", "");

    assertThat(report.contains("its main element, the " + label)).isTrue();
    for (String text : List.of(fitted.out(), starter, studied.out(), report)) {
      assertThat(text.toLowerCase(Locale.ROOT))
          .doesNotContainPattern("\\b(cars?|vehicles?|trucks?|bus)\\b");
    }
  }

  private Path posts() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    StringBuilder csv = new StringBuilder("picture,date,likes\n");
    for (int i = 0; i < POSTS; i++) {
      int red = random.nextInt(256);
      Files.write(folder.resolve(i + ".png"), PictureWriter.png(poster(red, random)));
      double likes = 300 * (1 + red / 255.0) * Math.exp(.1 * random.nextGaussian());
      csv.append(
          "%d.png,%s,%d%n"
              .formatted(i, LocalDate.of(2022, 1, 3).plusDays(7L * i), Math.round(likes)));
    }
    return Files.writeString(folder.resolve("posts.csv"), csv);
  }

  /** Grey above, darker grey below, and before them an ellipse in a colour. */
  private static Picture poster(int red, SplittableRandom random) {
    double x = random.nextDouble(.3, .7) * WIDTH;
    double y = random.nextDouble(.4, .7) * HEIGHT;
    double across = random.nextDouble(.15, .28) * WIDTH;
    double down = random.nextDouble(.15, .28) * HEIGHT;
    int above = random.nextInt(150, 230);
    int below = random.nextInt(60, 120);
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int v = 0, i = 0; v < HEIGHT; v++) {
      for (int u = 0; u < WIDTH; u++, i += 3) {
        boolean shown = Math.hypot((u - x) / across, (v - y) / down) < 1;
        byte grey = (byte) (v < HEIGHT / 2 ? above : below);
        rgb[i] = shown ? (byte) red : grey;
        rgb[i + 1] = shown ? (byte) 20 : grey;
        rgb[i + 2] = shown ? (byte) (255 - red) : grey;
      }
    }
    return new Picture(WIDTH, HEIGHT, rgb);
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--models", folder.resolve("models").toString(), "--quiet"));
    if (!arguments[0].equals("models")) {
      all.addAll(List.of("-w", folder.resolve("work").toString()));
    }
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exit()).isZero();
    return cli;
  }
}
