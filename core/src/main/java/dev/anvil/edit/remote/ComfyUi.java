package dev.anvil.edit.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.edit.Window;
import dev.anvil.image.Box;
import dev.anvil.image.PictureWriter;
import dev.anvil.image.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** ComfyUI: uploads, queues a workflow, waits, fetches (docs/model-contracts.md section 8.2). */
final class ComfyUi implements Server {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FOLDER = "anvil";
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);

  private final Client client;
  private final Workflow workflow;
  private final int size;

  /**
   * @param size the longer side of what is sent, in pixels
   */
  ComfyUi(Client client, Workflow workflow, int size) {
    this.client = client;
    this.workflow = workflow;
    this.size = size;
  }

  @Override
  public Map<String, String> describe(Generation generation) {
    Map<String, String> out = new TreeMap<>(Descriptions.of(generation));
    out.put("url", client.base().toString());
    out.put("size", Integer.toString(size));
    out.put("workflow", workflow.description());
    return out;
  }

  @Override
  public Size canvas(Box part) {
    return Window.canvas(part, size, 8);
  }

  @Override
  public byte[] repaint(Ask ask, RunContext context) {
    Map<String, Object> values = values(ask);
    values.put("image", upload(PictureWriter.png(ask.picture()), ask.seed(), context));
    values.put("mask", upload(PictureWriter.png(ask.mask().toPicture()), ask.seed(), context));
    ObjectNode graph = workflow.filled(values);
    ObjectNode request = JSON.createObjectNode();
    request.set("prompt", graph);
    request.put(
        "client_id",
        UUID.nameUUIDFromBytes(graph.toString().getBytes(StandardCharsets.UTF_8)).toString());
    JsonNode queued = client.post("/prompt", request, ask.seed(), context);
    String id = queued.path("prompt_id").asText("");
    if (id.isEmpty()) {
      throw client.failure("queued nothing: " + ErrorWords.of(bytes(queued)));
    }
    return view(picture(await(id, ask.seed(), context)), ask.seed(), context);
  }

  private static Map<String, Object> values(Ask ask) {
    Generation generation = ask.generation();
    Map<String, Object> values = new HashMap<>();
    values.put("prompt", generation.prompt());
    values.put("negative", generation.negative());
    values.put("seed", ask.seed());
    values.put("steps", generation.steps());
    values.put("guidance", generation.guidance());
    values.put("strength", generation.strength());
    values.put("sampler", generation.sampler());
    values.put("scheduler", generation.scheduler().orElse("normal"));
    values.put("width", ask.picture().width());
    values.put("height", ask.picture().height());
    values.put("model", generation.model().orElse(""));
    for (Generation.Control control : generation.controls()) {
      values.put("control_module", control.module());
      values.put("control_model", control.model());
      values.put("control_weight", control.weight());
      values.put("control_start", control.start());
      values.put("control_end", control.end());
    }
    return values;
  }

  /** Named by content, so that the same picture is kept once; returns what LoadImage takes. */
  private String upload(byte[] png, long seed, RunContext context) {
    String name = Sha256.of(png).substring(0, 32) + ".png";
    Multipart form =
        new Multipart()
            .png("image", name, png)
            .field("type", "input")
            .field("overwrite", "true")
            .field("subfolder", FOLDER);
    JsonNode kept = client.post("/upload/image", form, seed, context);
    if (!kept.path("name").isTextual()) {
      throw client.failure("did not say under which name it keeps a picture");
    }
    String folder = kept.path("subfolder").asText("");
    return (folder.isEmpty() ? "" : folder + "/") + kept.path("name").textValue();
  }

  /** What the history says of a workflow that is done. */
  private JsonNode await(String id, long seed, RunContext context) {
    long end = System.nanoTime() + client.patience().timeout().toNanos();
    Duration look = FIRST_LOOK;
    while (true) {
      JsonNode entry = client.getJson("/history/" + encoded(id), seed, context).path(id);
      if (entry.path("status").path("status_str").asText("").equals("error")) {
        throw client.failure("could not run the workflow: " + executionError(entry));
      }
      boolean done = entry.path("status").path("completed").asBoolean(entry.has("outputs"));
      if (done) {
        return entry;
      }
      if (System.nanoTime() - end > 0) {
        throw client.failure(
            "did not finish within %s s; a longer timeout may help"
                .formatted(client.patience().timeout().toMillis() / 1000.0));
      }
      context.sleep(look);
      Duration longer = look.multipliedBy(3).dividedBy(2);
      look = longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
    }
  }

  private static String executionError(JsonNode entry) {
    for (JsonNode message : entry.path("status").path("messages")) {
      if (message.path(0).asText("").equals("execution_error")) {
        JsonNode said = message.path(1);
        return "node %s (%s): %s"
            .formatted(
                said.path("node_id").asText("unknown"),
                said.path("node_type").asText("unknown"),
                said.path("exception_message").asText("no reason given").strip());
      }
    }
    return "no reason given";
  }

  /** The first picture of the first node that saves one; previews only where none is saved. */
  private JsonNode picture(JsonNode entry) {
    return entry.path("outputs").properties().stream()
        .sorted(Comparator.comparingInt(e -> number(e.getKey())))
        .flatMap(e -> StreamSupport.stream(e.getValue().path("images").spliterator(), false))
        .min(Comparator.comparingInt(i -> i.path("type").asText("").equals("output") ? 0 : 1))
        .orElseThrow(
            () -> client.failure("ran the workflow, which gave no picture; expected a SaveImage"));
  }

  private static int number(String node) {
    return node.matches("\\d{1,9}") ? Integer.parseInt(node) : Integer.MAX_VALUE;
  }

  private byte[] view(JsonNode picture, long seed, RunContext context) {
    List<String> query =
        List.of("filename", "subfolder", "type").stream()
            .map(field -> field + "=" + encoded(picture.path(field).asText("")))
            .toList();
    return client.get("/view?" + String.join("&", query), seed, context);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
