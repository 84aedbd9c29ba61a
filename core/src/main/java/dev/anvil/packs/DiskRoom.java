package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares what is to be written with the space on the disk. */
final class DiskRoom {
  private static final double MEGABYTE = 1e6;

  private DiskRoom() {}

  /**
   * Refuses what cannot fit.
   *
   * @param folder that exists
   */
  static void require(Path folder, long bytes) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (bytes > usable) {
      throw new InvalidInputException(
          folder.toString(),
          "found %.0f MB of free space; expected at least %.0f MB"
              .formatted(usable / MEGABYTE, bytes / MEGABYTE));
    }
  }
}
