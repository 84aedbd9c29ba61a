package dev.anvil.edit.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.RunContext;
import dev.anvil.edit.Window;
import dev.anvil.image.Box;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.Size;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * AUTOMATIC1111's web UI and Forge, started with {@code --api} (docs/model-contracts.md section
 * 8.1).
 */
final class Automatic1111 implements Server {
  private static final JsonMapper JSON = new JsonMapper();

  private final Client client;
  private final int size;

  /**
   * @param size the longer side of what is sent, in pixels
   */
  Automatic1111(Client client, int size) {
    this.client = client;
    this.size = size;
  }

  @Override
  public Map<String, String> describe(Generation generation) {
    Map<String, String> out = new TreeMap<>(Descriptions.of(generation));
    out.put("url", client.base().toString());
    out.put("size", Integer.toString(size));
    return out;
  }

  @Override
  public Size canvas(Box part) {
    return Window.canvas(part, size, 8);
  }

  @Override
  public byte[] repaint(Ask ask, RunContext context) {
    JsonNode answer = client.post("/sdapi/v1/img2img", request(ask), ask.seed(), context);
    checkSeed(answer.path("info"), ask.seed());
    // what ControlNet saw may follow the one result that was asked for
    JsonNode image = answer.path("images").path(0);
    if (!image.isTextual()) {
      throw client.failure("answered without a picture");
    }
    return Base64Picture.decode(client, image.textValue());
  }

  private static ObjectNode request(Ask ask) {
    Generation generation = ask.generation();
    String picture = base64(PictureWriter.png(ask.picture()));
    ObjectNode request = JSON.createObjectNode();
    request.putArray("init_images").add(picture);
    request
        .put("mask", base64(PictureWriter.png(ask.mask().toPicture())))
        .put("mask_blur", 4)
        .put("inpainting_fill", 1) // begins with what is there
        .put("inpaint_full_res", false)
        .put("inpainting_mask_invert", 0) // white is repainted
        .put("resize_mode", 0)
        .put("denoising_strength", generation.strength())
        .put("prompt", generation.prompt())
        .put("negative_prompt", generation.negative())
        .put("steps", generation.steps())
        .put("cfg_scale", generation.guidance())
        .put("width", ask.picture().width())
        .put("height", ask.picture().height())
        .put("seed", ask.seed())
        .put("sampler_name", generation.sampler())
        .put("batch_size", 1)
        .put("n_iter", 1)
        .put("send_images", true)
        .put("save_images", false)
        .put("include_init_images", false);
    generation.scheduler().ifPresent(s -> request.put("scheduler", s));
    generation
        .model()
        .ifPresent(m -> request.putObject("override_settings").put("sd_model_checkpoint", m));
    if (!generation.controls().isEmpty()) {
      ArrayNode units =
          request.putObject("alwayson_scripts").putObject("controlnet").putArray("args");
      generation.controls().forEach(c -> units.add(unit(c, picture)));
    }
    return request;
  }

  private static ObjectNode unit(Generation.Control control, String picture) {
    return JSON.createObjectNode()
        .put("enabled", true)
        .put("module", control.module())
        .put("model", control.model())
        .put("weight", control.weight())
        .put("image", picture)
        .put("resize_mode", "Just Resize")
        .put("control_mode", control.mode())
        .put("guidance_start", control.start())
        .put("guidance_end", control.end())
        .put("pixel_perfect", true)
        .put("save_detected_map", false);
  }

  /** The server tells what it did in a text that is JSON again. */
  private void checkSeed(JsonNode info, long seed) {
    JsonNode answered = info;
    if (info.isTextual() && !info.textValue().isBlank()) {
      try {
        answered = JSON.readTree(info.textValue());
      } catch (JsonProcessingException e) {
        throw client.failure("answered with an info that is no JSON");
      }
    }
    JsonNode used = answered.path("seed");
    if (used.isNumber() && used.longValue() != seed) {
      throw client.failure(
          "used the seed %d; expected %d, or variants would differ by chance"
              .formatted(used.longValue(), seed));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
