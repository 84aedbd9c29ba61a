package dev.anvil.report.section;

import dev.anvil.study.effect.Verdict;

/**
 * Colours of verdicts: those of Okabe and Ito, which the colour-blind can tell apart, with a sign.
 */
public final class VerdictStyle {
  public static final String BLUE = "#0072B2";
  public static final String ORANGE = "#D55E00";
  public static final String GREY = "#6b6e74";
  static final String PURPLE = "#A0528A";
  static final String CREATIVES = "#3c4f5e";
  static final String SEEDS = "#b99b5f";
  static final String REFITS = "#9fb4bf";
  public static final String PALE = "#b9b6ae";

  private VerdictStyle() {}

  static String colour(Verdict verdict) {
    return switch (verdict) {
      case HELPS -> BLUE;
      case HURTS -> ORANGE;
      case NO_PRACTICAL_EFFECT, NOT_RESOLVED -> GREY;
      case INVALID -> PURPLE;
    };
  }

  static String fill(Verdict verdict) {
    return isHollow(verdict) ? "#ffffff" : colour(verdict);
  }

  /** Marks of what is not known are hollow. */
  static boolean isHollow(Verdict verdict) {
    return verdict == Verdict.NOT_RESOLVED || verdict == Verdict.INVALID;
  }

  public static Html pill(Verdict verdict) {
    String sign =
        switch (verdict) {
          case HELPS -> "\u25b2";
          case HURTS -> "\u25bc";
          case NO_PRACTICAL_EFFECT -> "=";
          case NOT_RESOLVED -> "?";
          case INVALID -> "\u00d7";
        };
    return pill(Words.lower(verdict), sign, verdict.words());
  }

  public static Html pill(boolean passed) {
    return passed ? pill("passed", "\u2713", "passed") : pill("failed", "\u00d7", "failed");
  }

  public static Html pill(String kind, String sign, String words) {
    return Html.of(
        "<span class=\"pill {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
        kind,
        sign,
        words);
  }

  /** One entry of a chart's key. */
  public static Html key(String shape, String colour, String words) {
    return Html.of(
        "<span class=\"key\"><i class=\"{}\" style=\"--c:{}\"></i>{}</span>", shape, colour, words);
  }
}
