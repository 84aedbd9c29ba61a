package dev.anvil.diffusion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs of diffusers' schedulers (commit 58eb52c) on the dummy sample and model of its own tests,
 * every step, recorded in schedulers.json.
 */
final class Traces {
  static final int SIZE = 4 * 3 * 8 * 8;

  private static final Map<String, SchedulerKind> KINDS =
      Map.of(
          "ddim", SchedulerKind.DDIM,
          "pndm", SchedulerKind.PNDM,
          "euler", SchedulerKind.EULER,
          "eulera", SchedulerKind.EULER_ANCESTRAL,
          "dpmpp2m", SchedulerKind.DPMPP_2M,
          "lcm", SchedulerKind.LCM);

  private static final JsonNode ALL = read();

  /** One run; its configuration lacks the class's name, which the trace's name tells. */
  record Trace(String name, JsonNode json) {
    SchedulerKind kind() {
      return KINDS.get(name.substring(0, name.indexOf('_')));
    }

    SchedulerConfig config() {
      ObjectNode config = json.path("config").deepCopy();
      config.put("_class_name", "told otherwise");
      return SchedulerConfigReader.read(name, config, Optional.of(kind()));
    }

    int steps() {
      return json.path("num_inference_steps").asInt();
    }

    Optional<Double> strength() {
      return json.path("strength").isNull()
          ? Optional.empty()
          : Optional.of(json.path("strength").asDouble());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Traces() {}

  private static JsonNode read() {
    try (InputStream in = Traces.class.getResourceAsStream("schedulers.json")) {
      return Documents.json("trace", Objects.requireNonNull(in).readAllBytes(), "a trace");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode alphas() {
    return ALL.path("alphas_cumprod_sd15");
  }

  static Stream<Trace> all() {
    return ALL.path("runs").properties().stream().map(e -> new Trace(e.getKey(), e.getValue()));
  }

  static Stream<Trace> of(SchedulerKind kind) {
    return all().filter(t -> t.kind() == kind);
  }

  /** {@code (((c 8 + h) 8 + w) 4 + b) / 768} at [b, c, h, w] of shape [4, 3, 8, 8]. */
  static float[] sample() {
    float[] out = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      out[i] = index(i) / (float) SIZE;
    }
    return out;
  }

  /** The sample from its end. */
  static float[] noise() {
    float[] out = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      out[i] = (SIZE - 1 - index(i)) / (float) SIZE;
    }
    return out;
  }

  private static int index(int i) {
    int row = SIZE / 4;
    return i % row * 4 + i / row;
  }

  /** The dummy model: {@code x t / (t + 1)}. */
  static float[] model(float[] input, double timestep) {
    return Latents.times(timestep / (timestep + 1), input);
  }
}
