package dev.anvil.packs;

import dev.anvil.FileStamp;
import dev.anvil.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hashes that a pack's files had when they were read last, so that gigabytes are hashed again
 * only when a size or a time of change differs.
 */
final class PackStamp {
  static final String FILE = ".stamp";

  private record Stamped(String sha256, FileStamp stamp) {}

  private final Path folder;
  private final Map<String, Stamped> known;
  private boolean dirty;

  private PackStamp(Path folder, Map<String, Stamped> known) {
    this.folder = folder;
    this.known = known;
  }

  /** The stamp of a pack's folder; one that remembers nothing when there is none. */
  static PackStamp of(Path folder) throws IOException {
    Map<String, Stamped> known = new TreeMap<>();
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ", 4);
        if (parts.length == 4 && parts[0].length() == 64) {
          FileStamp.parse(parts[1] + " " + parts[2])
              .ifPresent(stamp -> known.put(parts[3], new Stamped(parts[0], stamp)));
        }
      }
    }
    return new PackStamp(folder, known);
  }

  /** The SHA-256 of a file that exists, remembered or computed. */
  String sha256(String path) throws IOException {
    Path file = folder.resolve(path);
    FileStamp stamp = FileStamp.of(file);
    Stamped seen = known.get(path);
    if (seen != null && seen.stamp.equals(stamp)) {
      return seen.sha256;
    }
    Instant before = Instant.now();
    String hash = Sha256.of(file);
    if (stamp.isSettled(before)) {
      known.put(path, new Stamped(hash, stamp));
      dirty = true;
    }
    return hash;
  }

  /** Keeps what was computed, where the folder may be written. */
  void save() throws IOException {
    if (!dirty || !Files.isWritable(folder)) {
      return;
    }
    List<String> lines = new ArrayList<>();
    known.forEach(
        (path, seen) -> lines.add("%s %s %s".formatted(seen.sha256, seen.stamp.text(), path)));
    Path fresh = Files.createTempFile(folder, FILE, ".new");
    Files.write(fresh, lines);
    Files.move(
        fresh,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
