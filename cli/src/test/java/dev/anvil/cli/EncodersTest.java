package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.Sha256;
import dev.anvil.standin.BackboneStandIn;
import dev.anvil.standin.ClipStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders of the user's own packs, from the command line; the networks are stand-ins. */
class EncodersTest {
  private static final int POSTS = 60;

  @TempDir Path folder;

  private Path models;
  private Path work;

  @BeforeEach
  void addPacks() throws IOException {
    models = folder.resolve("models");
    work = folder.resolve("work");
    add(ClipStandIn.TINY.split(folder.resolve("tiny-clip"), true), "clip");
    add(BackboneStandIn.TINY.timm(folder.resolve("tiny-backbone")), "backbone");
    add(BackboneStandIn.TINY.classifier(folder.resolve("tiny-classes")), "backbone");
  }

  @Test
  void fitsEachEncoderComparesThemAndWorksOnWithTheBest() throws IOException {
    Path posts = SmallCampaign.write(folder, POSTS);
    ok("import", posts.toString());

    JsonNode fits = json("fit", "--tones", "--encoder", "tiny-clip,tiny-backbone");

    assertThat(fits.get("fits").valueStream().map(f -> f.get("encoder").asText()))
        .containsExactly("tiny-clip", "tiny-backbone");
    long used = fits.get("used").asLong();
    JsonNode best = best(fits);
    assertThat(best.get("run").asLong()).isEqualTo(used);
    String table = ok("fit", "--tones", "--encoder", "tiny-clip,tiny-backbone").out();
    assertThat(table)
        .contains("encoder", "RMSE", "R2", "MAE", "tiny-backbone", "ridge")
        .contains("use run %d now: %s with".formatted(used, best.get("encoder").asText()));

    String picture = folder.resolve("creatives/a3.jpg").toString();
    String first = ok("predict", picture, "--set", "channel=web").out();
    assertThat(first).contains("Expected clicks");
    wordsReachTheTextTower();
    ok("fit", "--tones", "--encoder", other(fits));
    assertThat(ok("predict", picture, "--set", "channel=web").out()).isNotEqualTo(first);

    aStudyChoosesItsModelByEncoder(best.get("encoder").asText());
    missingOrChangedPacksAreNamed(picture, other(fits));
  }

  /** What random weights make of words is nothing to be trusted, which is to be said. */
  private void wordsReachTheTextTower() throws IOException {
    ok("fit", "--tones", "--encoder", "tiny-clip");
    Cli asked = run(models, "ask", "a red car", "a blue car");
    assertThat(asked.err()).isEmpty();
    assertThat(asked.exit()).isEqualTo(1);
    assertThat(asked.out()).contains("Not answered: ", "Words: the text tower of tiny-clip.");
    String study =
        """
        anvil: study/1
        encoder: %s
        metric: clicks
        sources: {element: background, count: 6, max_coverage: 1}
        factors:
          tone:
            element: picture
            editor: tone
            reference: average
            levels:
              warm: {colour: "#d08040", labels: {text: "a warm picture"}}
              cold: {colour: "#4080d0", labels: {text: "a cold picture"}}
        """;
    Path file = Files.writeString(folder.resolve("words.yaml"), study.formatted("tiny-clip"));
    assertThat(ok("study", file.toString()).out()).contains("warm", "cold");

    Files.writeString(file, study.formatted("tiny-backbone"));
    Cli refused = run(models, "study", file.toString());
    assertThat(refused.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err())
        .contains("found text: \"a warm picture\"", "whose encoder has a text tower");
  }

  private void aStudyChoosesItsModelByEncoder(String encoder) throws IOException {
    String study =
        """
        anvil: study/1
        encoder: %s
        metric: clicks
        sources: {element: background, count: 6, max_coverage: 1}
        factors:
          tone: {element: picture, editor: tone, levels: {warm: {colour: "#d08040"}}}
        """;
    Path file = Files.writeString(folder.resolve("study.yaml"), study.formatted(encoder));
    assertThat(ok("study", file.toString()).out()).contains("warm");

    Files.writeString(file, study.formatted("nothing"));
    assertThat(run(models, "study", file.toString()).err())
        .contains("tiny-clip", "expected one with \"nothing\"", "anvil fit --encoder PACK");
  }

  private void missingOrChangedPacksAreNamed(String picture, String used) throws IOException {
    Cli missing = run(folder.resolve("empty"), "predict", picture);
    assertThat(missing.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(missing.err())
        .contains(
            "the model of clicks: was fitted with the encoder of the model pack \"%s\", which is not"
                    .formatted(used)
                + " there");

    ok("models", "remove", used, "--yes");
    Path another = new BackboneStandIn(64, 8, 16).timm(folder.resolve("another"));
    ok("models", "add", another.toString(), "--name", used, "--licence", "MIT");
    Cli changed = run(models, "study");
    assertThat(changed.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(changed.err()).contains("was fitted with the encoder " + used, "fit again");
  }

  @Test
  void refusesAnEncoderBeforeAnyFit() throws IOException {
    ok("import", SmallCampaign.write(folder, 8).toString());
    Cli unknown = run(models, "fit", "--tones", "--encoder", "mobilenet-ssd,nothing");
    assertThat(unknown.err()).contains("found no \"nothing\"", "tiny-clip");
    Cli classes = run(models, "fit", "--tones", "--encoder", "mobilenet-ssd,tiny-classes");
    assertThat(classes.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(classes.err()).contains("found the outputs logits float32 [*, 1000]");
  }

  @Test
  void writesEmbeddingsOfPicturesAndTextsInOneSpace() throws IOException {
    SmallCampaign.write(folder, 2);
    String picture = folder.resolve("creatives/a0.jpg").toString();
    Path csv = folder.resolve("e.csv");

    Cli cli =
        ok("embed", picture, "--text", "a red car", "--encoder", "tiny-clip", "-o", csv.toString());

    assertThat(cli.out()).contains("Wrote 2 rows of 12 columns");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).startsWith("kind,name,whole.0,").endsWith(",whole.11");
    assertThat(lines.get(1)).startsWith("picture," + picture);
    assertThat(lines.get(2)).startsWith("text,a red car,");
    double squares = 0;
    for (String value : lines.get(2).substring("text,a red car,".length()).split(",", -1)) {
      squares += Double.parseDouble(value) * Double.parseDouble(value);
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void writesEmbeddingsOfACampaignWithItsElements() throws IOException {
    ok("import", SmallCampaign.write(folder, 3).toString());
    Path npy = folder.resolve("e.npy");
    ok("embed", "--campaign", "--element", "car", "--encoder", "tiny-clip", "-o", npy.toString());
    assertThat(Files.size(npy)).isEqualTo(128 + 3 * (12 + 20 + 5) * 4);
    String first = Sha256.of(npy);
    ok("embed", "--campaign", "--element", "car", "--encoder", "tiny-clip", "-o", npy.toString());
    assertThat(Sha256.of(npy)).isEqualTo(first);
    Path scores = folder.resolve("s.npy");
    ok("embed", "--campaign", "--encoder", "tiny-classes:scores", "-o", scores.toString());
    assertThat(Files.size(scores)).isEqualTo(128 + 3 * 1000 * 4);
  }

  @Test
  void saysWhatItCannotEmbed() {
    String out = folder.resolve("e.csv").toString();
    assertThat(run(models, "embed", "-o", out).err())
        .contains("expected pictures, --campaign or --text");
    assertThat(run(models, "embed", "--text", "a", "-o", "e.xlsx").err())
        .contains("found \"xlsx\"; expected .csv, .parquet or .npy");
    assertThat(run(models, "embed", "--text", "a", "-o", out).err())
        .contains("kind anvil, which does not encode texts; expected the kind clip");
  }

  private static JsonNode best(JsonNode fits) {
    JsonNode best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (JsonNode fit : fits.get("fits")) {
      for (JsonNode row : fit.get("model").get("evaluations")) {
        boolean counts =
            row.get("split").asText().equals("grouped")
                && row.get("regressor").equals(fit.get("model").get("regressor"));
        if (counts && row.get("rmse").get("point").asDouble() < smallest) {
          smallest = row.get("rmse").get("point").asDouble();
          best = fit;
        }
      }
    }
    return best;
  }

  private static String other(JsonNode fits) {
    return fits.get("fits")
        .valueStream()
        .filter(f -> !f.equals(best(fits)))
        .findFirst()
        .orElseThrow()
        .get("encoder")
        .asText();
  }

  private void add(Path pack, String kind) {
    ok("models", "add", pack.toString(), "--licence", "MIT", "--kind", kind);
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return Common.mapper().readTree(ok(all.toArray(String[]::new)).out());
  }

  private Cli ok(String... arguments) {
    Cli cli = run(models, arguments);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exit()).isZero();
    return cli;
  }

  private Cli run(Path ownModels, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--quiet", "--models", ownModels.toString(), "-w", work.toString()));
    return Cli.run(all.toArray(String[]::new));
  }
}
