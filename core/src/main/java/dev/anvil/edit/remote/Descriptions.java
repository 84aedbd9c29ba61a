package dev.anvil.edit.remote;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A wish as texts, for provenance. */
final class Descriptions {
  private Descriptions() {}

  /** All of a wish, as servers of Stable Diffusion heed it. */
  static Map<String, String> of(Wish wish) {
    Map<String, String> out = new TreeMap<>();
    wish.model().ifPresent(m -> out.put("model", m));
    out.put("prompt", wish.prompt());
    out.put("negative", wish.negative());
    out.put("steps", Integer.toString(wish.steps()));
    out.put("guidance", Double.toString(wish.guidance()));
    out.put("strength", Double.toString(wish.strength()));
    out.put("sampler", wish.sampler());
    wish.scheduler().ifPresent(s -> out.put("scheduler", s));
    if (!wish.controls().isEmpty()) {
      out.put(
          "control",
          wish.controls().stream().map(Wish.Control::toString).collect(Collectors.joining(" ")));
    }
    return out;
  }
}
