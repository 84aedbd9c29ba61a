package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {
  @TempDir Path folder;

  @Test
  void aFitSaysWhatTagsAreWorthAndItsPredictionsAreExplained() throws IOException {
    Path posts = SmallCampaign.write(folder, 60);
    run("import", posts.toString());
    Cli fitted = run("fit", "--baselines");
    assertThat(fitted.err()).isEmpty();
    assertThat(fitted.out())
        .contains("random-forest ", "mlp ", "ridge (tags only)", "xgboost-fast (tags only)")
        .contains("error when shuffled", "channel: mail against average");
    assertThat(folder.resolve("work/tag-importances.csv"))
        .content()
        .contains("xgboost-fast,tag:car,", "random-forest,monday,");
    List<String> effects = Files.readAllLines(folder.resolve("work/tag-effects.csv"));
    assertThat(effects).anyMatch(e -> e.startsWith("tag-regression,channel,mail,average,"));
    assertThat(effects).anyMatch(e -> e.startsWith("double-ml,"));
    assertThat(effects).anyMatch(e -> e.startsWith("model,channel,"));
    assertThat(effects).allMatch(e -> e.split(",", -1).length == 15);

    Path picture = posts.resolveSibling("a3.jpg");
    Cli explained =
        run(
            "explain",
            picture.toString(),
            "--masks",
            "24",
            "--json",
            "-o",
            folder.resolve("maps").toString());
    assertThat(explained.err()).isEmpty();
    JsonNode one = Common.mapper().readTree(explained.out()).get(0);
    double sum =
        one.at("/prediction/base").asDouble()
            + one.at("/prediction/rest").asDouble()
            + one.at("/prediction/parts").findValues("contribution").stream()
                .mapToDouble(JsonNode::asDouble)
                .sum();
    assertThat(sum).isCloseTo(one.at("/prediction/prediction").asDouble(), within(1e-6));
    assertThat(one.get("elements").findValuesAsText("label")).contains("car", "background");
    Picture map = PictureReader.DEFAULT.read(folder.resolve("maps/a3.png"));
    assertThat(map.width()).isEqualTo(PictureReader.DEFAULT.read(picture).width());
    assertThat(run("explain", picture.toString(), "--masks", "24").out())
        .contains("score lost if hidden", "everything else");
    assertThat(run("explain", "nowhere.jpg").err())
        .contains("nowhere.jpg: is neither a post of", "nor a file");
  }

  private Cli run(String... arguments) {
    return Cli.run(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--quiet", "--workspace", folder.resolve("work").toString()))
            .toArray(String[]::new));
  }
}
