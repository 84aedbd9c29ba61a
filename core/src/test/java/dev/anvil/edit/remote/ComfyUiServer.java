package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.edit.remote.LocalServer.Received;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uploads, queues, remembers and shows as ComfyUI does, with its node types
 * (docs/model-contracts.md section 8.2).
 */
public final class ComfyUiServer {
  static final String CHECKPOINT = "sd15.safetensors";

  private static final Map<String, Set<String>> NODES =
      Map.ofEntries(
          Map.entry("CheckpointLoaderSimple", Set.of("ckpt_name")),
          Map.entry("CLIPTextEncode", Set.of("text", "clip")),
          Map.entry("LoadImage", Set.of("image")),
          Map.entry("LoadImageMask", Set.of("image", "channel")),
          Map.entry("VAEEncode", Set.of("pixels", "vae")),
          Map.entry("SetLatentNoiseMask", Set.of("samples", "mask")),
          Map.entry(
              "KSampler",
              Set.of(
                  "model",
                  "seed",
                  "steps",
                  "cfg",
                  "sampler_name",
                  "scheduler",
                  "positive",
                  "negative",
                  "latent_image",
                  "denoise")),
          Map.entry("VAEDecode", Set.of("samples", "vae")),
          Map.entry("SaveImage", Set.of("images", "filename_prefix")),
          Map.entry("OneFormer-ADE20K-SemSegPreprocessor", Set.of("image", "resolution")),
          Map.entry("ControlNetLoader", Set.of("control_net_name")),
          Map.entry(
              "ControlNetApplyAdvanced",
              Set.of(
                  "positive",
                  "negative",
                  "control_net",
                  "image",
                  "strength",
                  "start_percent",
                  "end_percent",
                  "vae")));

  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final Map<String, byte[]> results = new ConcurrentHashMap<>();
  private final Map<String, Integer> looks = new ConcurrentHashMap<>();

  public static LocalServer start() {
    return new LocalServer(new ComfyUiServer()::answer);
  }

  Answer answer(Received seen) throws Exception {
    if (seen.path().equals("/upload/image")) {
      return upload(seen);
    }
    if (seen.path().equals("/prompt")) {
      return queue(seen);
    }
    if (seen.path().startsWith("/history/")) {
      return history(seen.path().substring("/history/".length()));
    }
    assertThat(seen.path()).isEqualTo("/view");
    assertThat(seen.query()).matches("filename=[0-9a-f-]+\\.png&subfolder=&type=output");
    return Answer.png(results.get(seen.query().replaceAll("filename=(.*)\\.png&.*", "$1")));
  }

  private Answer upload(Received seen) {
    Map<String, Form.Part> form = Form.read(seen);
    assertThat(form.keySet()).containsExactlyInAnyOrder("image", "type", "overwrite", "subfolder");
    assertThat(form.get("image").type()).isEqualTo("image/png");
    assertThat(form.get("type").text()).isEqualTo("input");
    assertThat(form.get("overwrite").text()).isEqualTo("true");
    String folder = form.get("subfolder").text();
    uploads.put(folder + "/" + form.get("image").file(), form.get("image").body());
    return Answer.json(
        Map.of("name", form.get("image").file(), "subfolder", folder, "type", "input"));
  }

  private Answer queue(Received seen) throws Exception {
    JsonNode asked = seen.json();
    UUID.fromString(asked.path("client_id").textValue());
    JsonNode graph = asked.path("prompt");
    graph.forEach(node -> check(node, graph));
    String model = node(graph, "CheckpointLoaderSimple").path("ckpt_name").textValue();
    if (!model.equals(CHECKPOINT)) {
      return Answer.json(
          400,
          """
          {"error": {"type": "prompt_outputs_failed_validation",
                     "message": "Prompt outputs failed validation", "details": "", "extra_info": {}},
           "node_errors": {"1": {"errors": [{"type": "value_not_in_list",
               "message": "Value not in list",
               "details": "ckpt_name: '%s' not in ['sd15.safetensors']"}],
             "dependent_outputs": ["10"], "class_type": "CheckpointLoaderSimple"}}}
          """
              .formatted(model));
    }
    JsonNode sampler = node(graph, "KSampler");
    assertThat(sampler.path("seed").isIntegralNumber()).isTrue();
    assertThat(sampler.path("steps").isIntegralNumber()).isTrue();
    assertThat(sampler.path("cfg").isNumber()).isTrue();
    assertThat(sampler.path("denoise").doubleValue()).isBetween(0.0, 1.0);
    assertThat(node(graph, "LoadImageMask").path("channel").textValue()).isEqualTo("red");
    String prompt = promptOf(graph, sampler.path("positive"));
    String id = UUID.randomUUID().toString();
    Picture picture = Painting.decode(uploads.get(node(graph, "LoadImage").path("image").asText()));
    Picture mask =
        Painting.decode(uploads.get(node(graph, "LoadImageMask").path("image").asText()));
    assertThat(picture.width() % 8 + picture.height() % 8).isZero();
    results.put(id, PictureWriter.png(Painting.paint(picture, mask, prompt)));
    return Answer.json(Map.of("prompt_id", id, "number", 3, "node_errors", Map.of()));
  }

  private static void check(JsonNode node, JsonNode graph) {
    String type = node.path("class_type").textValue();
    assertThat(NODES).containsKey(type);
    Set<String> inputs = new HashSet<>();
    node.path("inputs")
        .properties()
        .forEach(
            e -> {
              inputs.add(e.getKey());
              if (e.getValue().isArray()) {
                assertThat(graph.has(e.getValue().path(0).textValue())).isTrue();
                assertThat(e.getValue().path(1).isIntegralNumber()).isTrue();
              }
            });
    assertThat(inputs).isEqualTo(NODES.get(type));
  }

  private static JsonNode node(JsonNode graph, String type) {
    for (JsonNode node : graph) {
      if (node.path("class_type").textValue().equals(type)) {
        return node.path("inputs");
      }
    }
    throw new AssertionError("no " + type);
  }

  /** Follows the positive side through a ControlNet to its text. */
  private static String promptOf(JsonNode graph, JsonNode link) {
    JsonNode inputs = graph.path(link.path(0).textValue()).path("inputs");
    return inputs.has("text")
        ? inputs.path("text").textValue()
        : promptOf(graph, inputs.path("positive"));
  }

  private Answer history(String id) {
    if (looks.merge(id, 1, Integer::sum) < 2) {
      return Answer.json(Map.of());
    }
    String json =
        """
        {"%s": {"outputs": {
            "11": {"images": [{"filename": "map.png", "subfolder": "", "type": "temp"}]},
            "10": {"images": [{"filename": "%1$s.png", "subfolder": "", "type": "output"}]}},
          "status": {"status_str": "success", "completed": true, "messages": []}}}
        """
            .formatted(id);
    return Answer.json(200, json);
  }
}
