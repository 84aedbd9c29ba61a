package dev.anvil.image;

import dev.anvil.InvalidInputException;
import java.util.Map;

/**
 * What decoding one picture may cost. A person raises a limit by an environment variable, which
 * messages name.
 *
 * @param pixels largest width times height
 * @param bytes largest file
 * @param scans most passes over the pixels of a JPEG file; usual files have 1 to 12
 * @param frames of an animation, how many are looked at for one that shows something
 */
public record DecodeLimits(long pixels, long bytes, int scans, int frames) {
  static final String PIXELS = "ANVIL_MAX_PIXELS";
  static final String BYTES = "ANVIL_MAX_PICTURE_BYTES";
  static final String SCANS = "ANVIL_MAX_JPEG_SCANS";

  /** 100 million pixels, 256 MiB and 100 scans a file. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(100_000_000, 256L << 20, 100, 20);

  public DecodeLimits {
    if (pixels < 1 || bytes < 1 || scans < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "found %d pixels, %d bytes, %d scans, %d frames; expected at least 1 of each"
              .formatted(pixels, bytes, scans, frames));
    }
  }

  /**
   * The limits that a process was started with.
   *
   * @throws InvalidInputException when one is not a whole number of at least 1
   */
  static DecodeLimits of(Map<String, String> environment) {
    return new DecodeLimits(
        number(environment, PIXELS, DEFAULT.pixels, Long.MAX_VALUE),
        number(environment, BYTES, DEFAULT.bytes, Integer.MAX_VALUE),
        (int) number(environment, SCANS, DEFAULT.scans, Integer.MAX_VALUE),
        DEFAULT.frames);
  }

  private static long number(Map<String, String> environment, String name, long usual, long most) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return usual;
    }
    if (text.matches("[0-9]{1,18}") && Long.parseLong(text) >= 1 && Long.parseLong(text) <= most) {
      return Long.parseLong(text);
    }
    throw new InvalidInputException(
        "environment variable " + name,
        "found \"%s\"; expected a whole number of 1 to %d".formatted(text, most));
  }
}
