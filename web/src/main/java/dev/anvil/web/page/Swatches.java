package dev.anvil.web.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Colours that can be chosen with a click. */
final class Swatches {
  /** Name to the paint's colour as it appears; most are the showroom's. */
  static final Map<String, String> COLOURS = colours();

  private Swatches() {}

  private static Map<String, String> colours() {
    Map<String, String> colours = new LinkedHashMap<>();
    colours.put("red", "#b0383c");
    colours.put("orange", "#d9772b");
    colours.put("yellow", "#e0b23a");
    colours.put("green", "#3e7d4a");
    colours.put("blue", "#3852a2");
    colours.put("white", "#e6e1d0");
    colours.put("silver", "#83848a");
    colours.put("black", "#36383a");
    return Collections.unmodifiableMap(colours);
  }
}
