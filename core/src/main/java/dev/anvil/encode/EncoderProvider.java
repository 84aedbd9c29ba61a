package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import java.io.IOException;

/**
 * Opens an encoder that is no model pack: one that is computed, or that lies on a server.
 *
 * <p>Providers that come with Anvil are listed in {@link Encoders}. Those of another jar are found
 * by {@link java.util.ServiceLoader}, and need a constructor without parameters.
 */
public interface EncoderProvider {
  /** What {@code --encoder} and study files call it; a pack of the same name is not looked at. */
  String name();

  /**
   * Opens the encoder.
   *
   * @param threads within one call of {@link Encoder#infer}
   */
  Encoder open(int threads) throws IOException;

  /** Whether an encoder of texts belongs to it. */
  default boolean hasText() {
    return false;
  }

  /**
   * Opens the encoder of texts that belongs to it.
   *
   * @throws InvalidInputException when there is none
   */
  default TextEncoder openText(int threads) throws IOException {
    throw new InvalidInputException(
        "encoder", "found \"%s\", which does not encode texts".formatted(name()));
  }
}
