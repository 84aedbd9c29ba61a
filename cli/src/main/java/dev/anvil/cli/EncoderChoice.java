package dev.anvil.cli;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.TextEncoder;
import dev.anvil.packs.ModelStore;
import java.io.IOException;

/**
 * Which encoder looks at pictures.
 *
 * @param pack name of its model pack
 * @param scores whether a classifier's scores of its classes are taken for its features
 */
record EncoderChoice(String pack, boolean scores) {
  /** The argument of a run that names the choice. */
  static final String ARGUMENT = "encoder-pack";

  private static final String SCORES = ":scores";

  static final EncoderChoice BUNDLED = new EncoderChoice(Session.PACK, false);

  EncoderChoice {
    requireNonNull(pack, "pack is null");
  }

  /** A pack's name, followed by {@code :scores} where a classifier is wanted as it is. */
  static EncoderChoice parse(String text) {
    boolean scores = text.endsWith(SCORES);
    String pack = scores ? text.substring(0, text.length() - SCORES.length()) : text;
    if (pack.isBlank()) {
      throw new InvalidInputException("--encoder", "found \"%s\"; expected a pack".formatted(text));
    }
    return new EncoderChoice(pack, scores);
  }

  /** What {@link #parse} reads. */
  String text() {
    return scores ? pack + SCORES : pack;
  }

  Encoder open(ModelStore models) throws IOException {
    return scores ? Encoders.openScores(models.open(pack), 1) : Encoders.open(models.open(pack), 1);
  }

  TextEncoder openText(ModelStore models, int threads) throws IOException {
    return Encoders.openText(models.open(pack), threads);
  }
}
