package dev.anvil.study.starter;

import dev.anvil.image.OkLab;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Colours that people have a common word for, each with some paints as pictures show them. */
enum ColourName {
  BLACK("#0c0c0e", "#242526", "#37383b"),
  WHITE("#f8f8f6", "#dcdbd5", "#c9c9c6"),
  GREY("#5d5f64", "#808287", "#9a9ca0"),
  RED("#d01f2a", "#b0383c", "#7c1419"),
  ORANGE("#f07a1a", "#c85a12"),
  YELLOW("#f4d320", "#e0b23a", "#c9a227", "#c69a55"),
  GREEN("#2f8f3c", "#2f6b3a", "#7cb342", "#1e4a2a", "#6b7a4a"),
  TURQUOISE("#1fa5a0", "#7fd0cc", "#0e5a5e"),
  BLUE("#1f4fc0", "#3852a2", "#14264f", "#6fa3d8"),
  PURPLE("#6a2fa0", "#8e6bb5", "#3a1d57"),
  PINK("#f07ab0", "#f4b8cc", "#d6267f"),
  BROWN("#6b4423", "#8a5a34", "#3d2616"),
  BEIGE("#d9c7a8", "#bfae8f");

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed, nor can its colours
  private final List<OkLab> paints;

  ColourName(String... paints) {
    this.paints = Arrays.stream(paints).map(OkLab::ofHex).toList();
  }

  /** The word that a paint's colour is nearest to. */
  static ColourName of(OkLab paint) {
    return Arrays.stream(values())
        .min(Comparator.comparingDouble(name -> name.distance(paint)))
        .orElseThrow();
  }

  /** As people write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private double distance(OkLab paint) {
    return paints.stream().mapToDouble(paint::distance).min().orElseThrow();
  }
}
