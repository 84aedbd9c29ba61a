package dev.anvil.lab.fuzz;

import dev.anvil.image.DecodeLimits;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;

/** Pictures of every kind; the corpus leads to PNG's chunks and JPEG's headers. */
public final class FuzzPictures {
  private static final PictureReader READER =
      new PictureReader(new DecodeLimits(1_000_000, 1 << 20, 100, 5));

  private FuzzPictures() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      READER.decode("picture", input);
    } catch (UnreadablePictureException e) {
      return; // refused in words
    }
  }
}
