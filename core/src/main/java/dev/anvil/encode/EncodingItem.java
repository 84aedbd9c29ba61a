package dev.anvil.encode;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import java.io.IOException;

/**
 * One view to encode, opened only when its embedding is not known yet.
 *
 * @param key names the view's content; equal keys have equal embeddings
 * @param name shown to people when the view cannot be opened, for example the picture's file
 * @param source opens the view; called at most once, from any thread
 */
public record EncodingItem(String key, String name, ViewSource source) {
  /**
   * Before version 3 profiles of PNG files were left aside; before version 2 bytes were not
   * compared with their hash.
   */
  private static final String VERSION = "3";

  public EncodingItem {
    requireNonNull(key, "key is null");
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
  }

  /** Reads or makes a view. */
  @FunctionalInterface
  public interface ViewSource {
    /**
     * Reads or makes it.
     *
     * @param context of the step, for views that take long to make
     */
    View open(RunContext context) throws IOException;
  }

  /**
   * The key of a picture looked at with a mask.
   *
   * @param picture SHA-256 of the picture's bytes
   * @param mask whatever determines the mask (its own hash; or segmenter, element and source);
   *     empty for none
   */
  public static String key(String picture, String mask) {
    return Sha256.of(String.join("\u001f", VERSION, picture, mask));
  }
}
