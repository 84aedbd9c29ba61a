package dev.anvil.encode;

import java.io.IOException;
import java.util.Optional;

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

  /** Opens the encoder of texts that belongs to it, empty where there is none. */
  default Optional<TextEncoder> openText(int threads) throws IOException {
    return Optional.empty();
  }
}
