package dev.anvil.edit.remote;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A generation as texts, for provenance. */
final class Descriptions {
  private Descriptions() {}

  /** All of a generation, as servers of Stable Diffusion heed it. */
  static Map<String, String> of(Generation generation) {
    Map<String, String> out = new TreeMap<>();
    generation.model().ifPresent(m -> out.put("model", m));
    out.put("prompt", generation.prompt());
    out.put("negative", generation.negative());
    out.put("steps", Integer.toString(generation.steps()));
    out.put("guidance", Double.toString(generation.guidance()));
    out.put("strength", Double.toString(generation.strength()));
    out.put("sampler", generation.sampler());
    generation.scheduler().ifPresent(s -> out.put("scheduler", s));
    if (!generation.controls().isEmpty()) {
      out.put(
          "control",
          generation.controls().stream()
              .map(Generation.Control::toString)
              .collect(Collectors.joining(" ")));
    }
    return out;
  }
}
