package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.edit.remote.LocalServer.Received;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Speaks {@code /sdapi/v1/img2img} as AUTOMATIC1111's API models declare it
 * (docs/model-contracts.md section 8.1).
 */
public final class Automatic1111Server {
  private static final Map<String, JsonNodeType> FIELDS =
      Map.ofEntries(
          Map.entry("init_images", JsonNodeType.ARRAY),
          Map.entry("mask", JsonNodeType.STRING),
          Map.entry("mask_blur", JsonNodeType.NUMBER),
          Map.entry("inpainting_fill", JsonNodeType.NUMBER),
          Map.entry("inpaint_full_res", JsonNodeType.BOOLEAN),
          Map.entry("inpainting_mask_invert", JsonNodeType.NUMBER),
          Map.entry("resize_mode", JsonNodeType.NUMBER),
          Map.entry("denoising_strength", JsonNodeType.NUMBER),
          Map.entry("prompt", JsonNodeType.STRING),
          Map.entry("negative_prompt", JsonNodeType.STRING),
          Map.entry("steps", JsonNodeType.NUMBER),
          Map.entry("cfg_scale", JsonNodeType.NUMBER),
          Map.entry("width", JsonNodeType.NUMBER),
          Map.entry("height", JsonNodeType.NUMBER),
          Map.entry("seed", JsonNodeType.NUMBER),
          Map.entry("sampler_name", JsonNodeType.STRING),
          Map.entry("scheduler", JsonNodeType.STRING),
          Map.entry("batch_size", JsonNodeType.NUMBER),
          Map.entry("n_iter", JsonNodeType.NUMBER),
          Map.entry("send_images", JsonNodeType.BOOLEAN),
          Map.entry("save_images", JsonNodeType.BOOLEAN),
          Map.entry("include_init_images", JsonNodeType.BOOLEAN),
          Map.entry("override_settings", JsonNodeType.OBJECT),
          Map.entry("alwayson_scripts", JsonNodeType.OBJECT));

  private Automatic1111Server() {}

  public static LocalServer start() {
    return new LocalServer(Automatic1111Server::answer);
  }

  static Answer answer(Received seen) throws Exception {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/sdapi/v1/img2img");
    assertThat(seen.header("Content-type")).isEqualTo("application/json");
    JsonNode asked = seen.json();
    asked
        .properties()
        .forEach(
            e -> {
              assertThat(FIELDS).containsKey(e.getKey());
              assertThat(e.getValue().getNodeType()).isEqualTo(FIELDS.get(e.getKey()));
            });
    Picture picture = Painting.decode(asked.path("init_images").path(0).textValue());
    Picture mask = Painting.decode(asked.path("mask").textValue());
    assertThat(asked.path("width").intValue()).isEqualTo(picture.width());
    assertThat(asked.path("height").intValue()).isEqualTo(picture.height());
    assertThat(picture.width() % 8 + picture.height() % 8).isZero();
    assertThat(asked.path("inpainting_mask_invert").intValue()).isZero();
    assertThat(asked.path("seed").longValue()).isBetween(0L, 0xffffffffL);
    assertThat(asked.path("denoising_strength").doubleValue()).isBetween(0.0, 1.0);
    for (JsonNode unit : asked.at("/alwayson_scripts/controlnet/args")) {
      assertThat(unit.path("enabled").booleanValue()).isTrue();
      assertThat(Painting.decode(unit.path("image").textValue())).isEqualTo(picture);
      assertThat(unit.path("weight").isNumber()).isTrue();
    }
    Picture made = Painting.paint(picture, mask, asked.path("prompt").textValue());
    String info = "{\"seed\": %d, \"all_seeds\": [%<d]}".formatted(asked.path("seed").longValue());
    return Answer.json(
        Map.of(
            "images", List.of(base64(made), base64(mask)), "parameters", Map.of(), "info", info));
  }

  private static String base64(Picture picture) {
    return Base64.getEncoder().encodeToString(PictureWriter.png(picture));
  }
}
