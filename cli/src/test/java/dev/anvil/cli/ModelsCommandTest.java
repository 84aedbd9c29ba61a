package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.standin.Graph;
import dev.anvil.standin.Hub;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  /** A tiny network of pictures: their mean colours, mixed. */
  private static Graph vision() {
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, "B", 3, 224, 224);
    String means = graph.reduce("ReduceMean", "pixel_values", false, 2, 3);
    String mixed = graph.node("MatMul", means, graph.random(1, 3, 512));
    return graph.alias("image_embeds", mixed).output("image_embeds", DataType.FLOAT, "B", 512);
  }

  @Test
  void aNetworkThatDoesNotLookAtPicturesIsRefused() throws IOException {
    Path source = Files.createDirectories(folder.resolve("blind"));
    Sketch.write(
        source.resolve("vision_model.onnx"),
        "pixel_values:float[B,3,224,224] -> image_embeds:float[B,512]");
    Files.writeString(source.resolve("config.json"), "{\"model_type\": \"clip\"}");
    Cli added = models("add", source.toString());
    assertThat(added.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(added.err()).contains("found the same embedding for a white picture");
    assertThat(models.resolve("blind")).doesNotExist();
  }

  @TempDir Path folder;

  private Path models;

  @BeforeEach
  void makeFolder() {
    models = folder.resolve("models");
  }

  private Cli models(String... arguments) {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--models", models.toString(), "--quiet"));
    return Cli.run(all.toArray(String[]::new));
  }

  private Path clip() throws IOException {
    Path source = Files.createDirectories(folder.resolve("clip"));
    vision().write(source.resolve("onnx/vision_model.onnx"));
    Files.writeString(source.resolve("config.json"), "{\"model_type\": \"clip\"}");
    return source;
  }

  @Test
  void theBundledPackIsListedAndWithAllTheCatalogueToo() {
    assertThat(models("list").out())
        .containsPattern("pack +kind +size +licence +from")
        .containsPattern("mobilenet-ssd +anvil +14 MB +Apache-2.0 ")
        .contains("--all lists");
    assertThat(models("list", "--all").out())
        .contains(
            "oneformer-ade20k-swin-tiny (oneformer",
            "export it:",
            "unverified: no public ONNX is known",
            "needs --accept-licence: NVIDIA");
  }

  @Test
  void aFolderIsAddedListedCheckedAndRemoved() throws IOException {
    Cli added = models("add", clip().toString(), "--licence", "MIT");
    assertThat(added.err()).isEmpty();
    assertThat(added.exit()).isZero();
    assertThat(added.out())
        .contains(
            "Added clip: clip, licence MIT",
            "vision (onnx/vision_model.onnx): [pixel_values float32 [*, 3, 224, 224]] to"
                + " [image_embeds float32 [*, 512]]");

    assertThat(models("list").out()).containsPattern("clip +clip +0 MB +MIT ");
    Cli checked = models("check", "clip");
    assertThat(checked.exit()).isZero();
    assertThat(checked.out())
        .isEqualToIgnoringNewLines(
            "clip vision: sound (onnx/vision_model.onnx): [pixel_values float32 [*, 3, 224, 224]]"
                + " to [image_embeds float32 [*, 512]]");

    Cli asked = models("remove", "clip");
    assertThat(asked.out()).contains("Would remove", " files", "Give --yes to do it.");
    assertThat(models.resolve("clip")).exists();
    assertThat(models("remove", "clip", "--yes").exit()).isZero();
    assertThat(models.resolve("clip")).doesNotExist();
    assertThat(models("remove", "clip").exit()).isEqualTo(Main.INVALID_INPUT);
  }

  @Test
  void aSpoiltPackIsToldAndDoesNotHideTheOthers() throws IOException {
    models("add", clip().toString());
    Files.delete(models.resolve("clip/onnx/vision_model.onnx"));

    assertThat(models("list").out())
        .containsPattern("mobilenet-ssd +anvil ")
        .contains("clip: not sound");
    Cli checked = models("check");
    assertThat(checked.exit()).isEqualTo(Main.INVALID_INPUT);
    assertThat(checked.out())
        .contains("mobilenet-ssd detector: sound", "clip: wrong: ", "found no such file");
  }

  @Test
  void aPackIsPulledFromAMirror() throws IOException {
    Path catalogue =
        Files.writeString(
            folder.resolve("catalogue.yaml"),
            """
            anvil: catalogue/1
            packs:
              - name: ours
                kind: clip
                about: A test.
                repository: us/clip
                licence: other
                restriction: for tests only
                files: [{path: v.onnx, role: vision}]
            """);
    try (Hub hub = new Hub().file("/us/clip/resolve/main/v.onnx", vision().bytes())) {
      String[] pull = {
        "pull", "ours", "--catalogue", catalogue.toString(), "--mirror", hub.address().toString()
      };
      Cli refused = models(pull);
      assertThat(refused.exit()).isEqualTo(Main.INVALID_INPUT);
      assertThat(refused.err()).contains("for tests only", "--accept-licence");

      List<String> accepted = new ArrayList<>(List.of(pull));
      accepted.add("--accept-licence");
      Cli offline = models(plus(accepted, "--offline"));
      assertThat(offline.err()).contains("Anvil is offline");
      assertThat(hub.requests()).isEmpty();

      Cli pulled = models(accepted.toArray(String[]::new));
      assertThat(pulled.err()).isEmpty();
      assertThat(pulled.out()).contains("Pulled ours: clip, licence other", "recorded SHA-256");
    }
  }

  private static String[] plus(List<String> arguments, String more) {
    List<String> out = new ArrayList<>(arguments);
    out.add(more);
    return out.toArray(String[]::new);
  }

  @Test
  void whatHasToBeExportedIsNotPulled() {
    assertThat(models("pull", "resnet200d").err())
        .contains(
            "cannot be downloaded", "tools/export/backbone.py", "anvil models add resnet200d.onnx");
    assertThat(models("pull", "nothing").err()).contains("found no \"nothing\"");
  }

  @Test
  void bundledPacksStayAsTheyAre() throws IOException {
    assertThat(models("remove", "mobilenet-ssd", "--yes").err())
        .contains("is the name of a bundled pack");
    assertThat(models("add", clip().toString(), "--name", "mobilenet-ssd").exit())
        .isEqualTo(Main.INVALID_INPUT);
  }

  @Test
  void anUnknownKindIsAUsageError() throws IOException {
    assertThat(models("add", clip().toString(), "--kind", "frobnicator").exit()).isEqualTo(2);
  }

  @Test
  void resultsArePrintedForMachinesToo() throws IOException {
    Cli added = models("add", clip().toString(), "--json");
    JsonNode json = new ObjectMapper().readTree(added.out());
    assertThat(json.at("/pack/files/0/role").asText()).isEqualTo("vision");
    assertThat(
            new ObjectMapper().readTree(models("list", "--all", "--json").out()).at("/catalogue"))
        .isNotEmpty();
    assertThat(
            new ObjectMapper().readTree(models("check", "--json").out()).at("/packs").valueStream())
        .extracting(pack -> pack.path("name").asText())
        .contains("mobilenet-ssd", "clip");
  }

  @Test
  void publishedValuesAreNotComparedWithoutTheirPictures() throws IOException {
    models("add", clip().toString(), "--name", "clip-vit-base-patch32");

    assertThat(models("check", "clip-vit-base-patch32").out())
        .contains(
            "CLIP.png, \"a diagram\", \"a dog\", \"a cat\": not compared, the picture CLIP\\.png is"
                + " not there (--pictures FOLDER; CLIP.png of openai/CLIP)");
  }
}
