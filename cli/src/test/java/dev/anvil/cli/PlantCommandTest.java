package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planting and calibration from the command line, on a small campaign that likes red cars. */
class PlantCommandTest {
  private static final String STUDY =
      """
      anvil: study/1
      name: Colour
      metric: clicks
      sources: {element: [car, truck, bus], count: 10}
      factors:
        colour:
          element: [car, truck, bus]
          editor: recolor
          reference: average
          levels:
            red: {colour: "#b0383c", labels: {where: {paint: red}}}
            blue: {colour: "#3852a2"}
        background:
          element: background
          editor: blur
          levels:
            blurred: {target: element, sigma: 0.01}
      placebos:
        tone:
          element: picture
          editor: tone
          levels:
            warm: {colour: "#d08040", strength: 0.02}
      """;

  @TempDir Path folder;

  @Test
  void plantsInPostsAndCalibratesAStudy() throws IOException {
    Path posts = SmallCampaign.write(folder, 80);
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    run("import", posts.toString());
    run("fit");

    String[] plant = {
      "plant", study.toString(), "--factor", "colour", "--level", "red", "--factors", "-.5,1,2"
    };
    Cli planted = run(plant);
    assertThat(planted.out())
        .contains("posts: paint is red", "-0.5x", "1x", "slope; 1 is all", "placebo tone");
    assertThat(run(plant).out()).isEqualTo(planted.out());
    Path figures = Path.of(planted.out().strip().replaceAll("(?s).*Figures' data: ", ""));
    assertThat(figures.resolve("bars.csv"))
        .content()
        .contains("base,0.0,colour,red,", "2x,2.0,colour,blue,", "posts with it");
    assertThat(Files.readAllLines(figures.resolve("recovered.csv"))).hasSize(1 + 3 * 4);
    assertThat(Files.readAllLines(figures.resolve("recovery.csv"))).hasSize(1 + 3);

    Cli byColour =
        run(
            "plant",
            study.toString(),
            "--factor=colour",
            "--level=red",
            "--factors=1",
            "--colour-near=#b0383c",
            "--truth=paint=red",
            "--json");
    JsonNode found = Common.mapper().readTree(byColour.out()).get("identification");
    assertThat(found.get("both").asInt()).isPositive();
    assertThat(found.get("both").asInt()).isLessThanOrEqualTo(found.get("found").asInt());

    Cli calibrated = run("study", study.toString(), "--calibrate");
    assertThat(calibrated.out())
        .contains("raw [95 %]", "recovered [95 %]", "no label rule finds posts with it");
    assertThat(run("study", study.toString(), "--calibrate").out()).isEqualTo(calibrated.out());
    assertThat(calibrated.out()).startsWith(run("study", study.toString()).out().strip());
  }

  @Test
  void twoMarksAndWrongFactorsAreRefused() throws IOException {
    Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    Cli two =
        Cli.run(
            "plant",
            study.toString(),
            "--factor=colour",
            "--level=red",
            "--where=a=b",
            "--detect=person",
            "-w",
            folder.resolve("work").toString());
    assertThat(two.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(two.err()).contains("found 2 of them; expected one at most");
    Cli nothing =
        Cli.run("plant", study.toString(), "--factor=colour", "--level=red", "--factors=0,1");
    assertThat(nothing.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(nothing.err()).contains("expected numbers other than 0");
  }

  private Cli run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--quiet", "-w", folder.resolve("work").toString()));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exit()).isZero();
    return cli;
  }
}
