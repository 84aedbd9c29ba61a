package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.RunContext;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Automatic1111Test {
  private final LocalServer server = Automatic1111Server.start();

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.problems()).isEmpty();
  }

  private Editor editor(Map<String, Object> more) {
    return Painting.editor("automatic1111", Painting.study(server.url(), more), Map.of());
  }

  private JsonNode sent() throws IOException {
    return server.seen().get(server.seen().size() - 1).json();
  }

  @Test
  void repaintsTheElementAndNothingElse() {
    EditRequest request = Painting.request(1);
    Edited edited = editor(Map.of("feather", 2, "size", 128)).edit(request, RunContext.NONE);
    Picture picture = edited.picture();
    for (int y = 0; y < Painting.HEIGHT; y++) {
      for (int x = 0; x < Painting.WIDTH; x++) {
        if (edited.changed().get(x, y) == 0) {
          assertThat(picture.get(x, y, 0)).isEqualTo(request.source().get(x, y, 0));
        }
      }
    }
    assertThat(edited.changed().get(20, 30)).isZero();
    assertThat(picture.get(45, 30, 0)).isBetween(198, 202);
    assertThat(picture.get(31, 30, 1)).isBetween(18, 30);
  }

  @Test
  void sendsEveryParameterUnderItsPublishedName() throws IOException {
    editor(
            Map.of(
                "size",
                256,
                "steps",
                12,
                "guidance",
                5.5,
                "strength",
                .6,
                "negative",
                "blurry",
                "sampler",
                "DPM++ 2M",
                "scheduler",
                "Karras",
                "model",
                "v1-5-pruned"))
        .edit(Painting.request(41), RunContext.NONE);
    JsonNode sent = sent();
    assertThat(sent.path("prompt").textValue()).isEqualTo("a red car");
    assertThat(sent.path("negative_prompt").textValue()).isEqualTo("blurry");
    assertThat(sent.path("steps").intValue()).isEqualTo(12);
    assertThat(sent.path("cfg_scale").doubleValue()).isEqualTo(5.5);
    assertThat(sent.path("denoising_strength").doubleValue()).isEqualTo(.6);
    assertThat(sent.path("sampler_name").textValue()).isEqualTo("DPM++ 2M");
    assertThat(sent.path("scheduler").textValue()).isEqualTo("Karras");
    assertThat(sent.at("/override_settings/sd_model_checkpoint").textValue())
        .isEqualTo("v1-5-pruned");
    assertThat(sent.path("seed").longValue()).isEqualTo(41);
    assertThat(sent.path("width").intValue()).isEqualTo(256);
    assertThat(sent.path("height").intValue()).isEqualTo(176); // 170.7 to a multiple of 8
    assertThat(sent.has("alwayson_scripts")).isFalse();
  }

  @Test
  void whiteIsWhatIsRepainted() throws IOException {
    editor(Map.of("size", 90 * 8, "feather", 0)).edit(Painting.request(1), RunContext.NONE);
    Picture mask = Painting.decode(sent().path("mask").textValue());
    assertThat(mask.get(45 * 8, 30 * 8, 0)).isEqualTo(255);
    assertThat(mask.get(5 * 8, 5 * 8, 0)).isZero();
  }

  @Test
  void sendsControlNetUnits() throws IOException {
    editor(
            Map.of(
                "control",
                List.of(
                    Map.of("model", "control_v11p_sd15_seg [e1f51eb9]", "weight", .8),
                    Map.of("module", "canny", "model", "control_v11p_sd15_canny", "end", .5))))
        .edit(Painting.request(1), RunContext.NONE);
    JsonNode units = sent().at("/alwayson_scripts/controlnet/args");
    assertThat(units).hasSize(2);
    assertThat(units.path(0).path("module").textValue()).isEqualTo("seg_ofade20k");
    assertThat(units.path(0).path("model").textValue())
        .isEqualTo("control_v11p_sd15_seg [e1f51eb9]");
    assertThat(units.path(0).path("weight").doubleValue()).isEqualTo(.8);
    assertThat(units.path(1).path("guidance_end").doubleValue()).isEqualTo(.5);
    assertThat(units.path(1).path("control_mode").textValue()).isEqualTo("Balanced");
  }

  @Test
  void takesControlFromTheCommandLineAsText() throws IOException {
    editor(Map.of("control", "{module: canny, model: c1}", "steps", "7"))
        .edit(Painting.request(1), RunContext.NONE);
    assertThat(sent().at("/alwayson_scripts/controlnet/args/0/model").textValue()).isEqualTo("c1");
    assertThat(sent().path("steps").intValue()).isEqualTo(7);
  }

  @Test
  void brings64BitSeedsIntoTheServersRange() throws IOException {
    editor(Map.of()).edit(Painting.request(-1), RunContext.NONE);
    assertThat(sent().path("seed").longValue()).isEqualTo(4_294_967_295L);
  }

  @Test
  void asksForNoChangeWithTheNullPrompt() throws IOException {
    Editor editor = editor(Map.of());
    Editor nullEdit = editor.nullEdit().orElseThrow();
    nullEdit.edit(Painting.request(5), RunContext.NONE);
    assertThat(sent().path("prompt").textValue()).isEqualTo("a car");
    assertThat(sent().path("seed").longValue()).isEqualTo(5);
    assertThat(nullEdit.mustChange(Painting.request(5))).isFalse();
    assertThat(editor.mustChange(Painting.request(5))).isTrue();
    assertThat(nullEdit.parameters()).containsEntry("prompt", "a car");
  }

  @Test
  void saysThatAControlNeedsANullPrompt() {
    Map<String, Object> study = Painting.study(server.url(), Map.of());
    study.remove("null_prompt");
    Editor editor = Painting.editor("automatic1111", study, Map.of());
    assertThatThrownBy(editor::nullEdit).hasMessageContaining("null_prompt: found nothing");
  }

  @Test
  void sendsOnlyTheSurroundingsOfTheElementWhenAsked() throws IOException {
    editor(Map.of("area", "element", "size", 256, "feather", 0))
        .edit(Painting.request(1), RunContext.NONE);
    assertThat(sent().path("width").intValue()).isEqualTo(256);
    assertThat(sent().path("height").intValue()).isEqualTo(240); // 64 x 60 of 90 x 60
  }

  @Test
  void sendsNothingForAnEmptyMask() {
    EditRequest request = Painting.request(1);
    Edited edited =
        editor(Map.of())
            .edit(
                new EditRequest(
                    request.source(),
                    request.elements(),
                    Mask.empty(Painting.WIDTH, Painting.HEIGHT),
                    1),
                RunContext.NONE);
    assertThat(edited.picture()).isEqualTo(request.source());
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void logsInWithTheNameAndPasswordOfTheEnvironment() {
    Painting.editor(
            "automatic1111",
            Painting.study(server.url(), Map.of()),
            Map.of(Remotes.AUTOMATIC1111_AUTH, "ann:pass word"))
        .edit(Painting.request(1), RunContext.NONE);
    String expected =
        Base64.getEncoder().encodeToString("ann:pass word".getBytes(StandardCharsets.UTF_8));
    assertThat(server.seen().get(0).header("Authorization")).isEqualTo("Basic " + expected);
  }

  @Test
  void refusesAnotherSeedThanItAskedFor() {
    try (LocalServer other =
        new LocalServer(
            seen -> {
              Answer answer = Automatic1111Server.answer(seen);
              ObjectNode tree = (ObjectNode) LocalServer.JSON.readTree(answer.body());
              return Answer.json(tree.put("info", "{\"seed\": 77}"));
            })) {
      Editor editor =
          Painting.editor("automatic1111", Painting.study(other.url(), Map.of()), Map.of());
      assertThatThrownBy(() -> editor.edit(Painting.request(1), RunContext.NONE))
          .hasMessageContaining("used the seed 77; expected 1");
    }
  }
}
