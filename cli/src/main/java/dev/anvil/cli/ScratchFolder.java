package dev.anvil.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary folder that the launcher gives to all of a user's Anvil processes. Libraries unpack
 * native code there, tens of megabytes a process, which stays when a process is killed. A process
 * that finds no other one alive empties the folder before it begins.
 */
final class ScratchFolder {
  /** Names of folders that are Anvil's own and no other program's. */
  private static final String PREFIX = "anvil-";

  private static final String IN_USE = "in-use";

  /** Held until the process ends; the lock of a channel that is collected is gone. */
  @SuppressWarnings("unused")
  private static FileLock held;

  private ScratchFolder() {}

  /** Empties the temporary folder if nobody uses it, and says that it is used from now on. */
  static void enter() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    if (!folder.getFileName().toString().startsWith(PREFIX)) {
      return;
    }
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(IN_USE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock alone = channel.tryLock();
      if (alone != null) {
        empty(folder);
        alone.release();
      }
      held = channel.lock(0, Long.MAX_VALUE, /* shared= */ true);
    } catch (IOException e) {
      System.err.printf(
          "anvil: files that killed runs left in %s cannot be deleted: %s%n", folder, e);
    }
  }

  private static void empty(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      if (!file.equals(folder) && !file.equals(folder.resolve(IN_USE))) {
        Files.deleteIfExists(file);
      }
    }
  }
}
