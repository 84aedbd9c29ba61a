package dev.anvil.ask;

import java.util.List;

/** Ways to say the same: an answer must not hang on one of them (docs/method.md section 5). */
final class Prompts {
  private static final List<String> TEMPLATES =
      List.of(
          "%s",
          "a photo of %s",
          "a picture of %s",
          "an advertisement with %s",
          "a social media post showing %s",
          "a bright photo of %s",
          "a close-up photo of %s",
          "a good photo of %s");

  /** Say nothing in particular. */
  private static final List<String> NEUTRAL =
      List.of(
          "something",
          "things",
          "a scene",
          "an object",
          "stuff",
          "a place",
          "somebody or something",
          "a thing in a place");

  private Prompts() {}

  /** A prompt in all templates. */
  static List<String> of(String prompt) {
    return TEMPLATES.stream().map(t -> t.formatted(prompt)).toList();
  }

  /** Neutral prompts in all templates. */
  static List<String> neutral() {
    return NEUTRAL.stream().flatMap(p -> of(p).stream()).toList();
  }

  /** How many texts {@link #of} gives. */
  static int count() {
    return TEMPLATES.size();
  }
}
