package dev.anvil.onnx;

import dev.anvil.InvalidInputException;
import java.time.Duration;

/**
 * What one call of a network may take: a file can hold a loop without end, or give more than fits
 * into memory.
 *
 * @param time of one call
 * @param values of one output
 */
record CallLimits(Duration time, long values) {
  private static final String SECONDS = "anvil.network.seconds";
  private static final String VALUES = "anvil.network.values";

  /** Five minutes and 2^28 values, 1 GiB; system properties allow more. */
  static final CallLimits USUAL =
      new CallLimits(
          Duration.ofSeconds(Math.max(1, Long.getLong(SECONDS, 300))),
          Math.max(1, Long.getLong(VALUES, 1L << 28)));

  InvalidInputException tooLong(String network) {
    return new InvalidInputException(
        network,
        "one call did not end within %d s; expected an answer sooner: ANVIL_JAVA_OPTIONS=-D%s=NUMBER allows more"
            .formatted(time.toSeconds(), SECONDS));
  }

  /**
   * Refuses an output that is too large to be read.
   *
   * @param found number of values
   */
  void require(String network, String output, long found) {
    if (found > values) {
      throw new InvalidInputException(
          network + " output " + output,
          "found %d values; expected at most %d: ANVIL_JAVA_OPTIONS=-D%s=NUMBER allows more"
              .formatted(found, values, VALUES));
    }
  }
}
