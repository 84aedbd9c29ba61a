package dev.anvil.packs;

import dev.anvil.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The hashes that a pack's files had when they were read last, so that gigabytes are hashed again
 * only when a size or a time of change differs.
 *
 * <p>A file that changed within the last two seconds is hashed but not remembered: it could change
 * once more within the same tick of the file system's clock.
 */
final class PackStamp {
  static final String FILE = ".stamp";
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** What identifies a file's content without reading it. */
  private record Stamped(String sha256, long bytes, long changed) {}

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
        if (parts.length == 4
            && parts[0].length() == 64
            && parts[1].matches("\\d{1,18}")
            && parts[2].matches("\\d{1,19}")) {
          known.put(
              parts[3], new Stamped(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
      }
    }
    return new PackStamp(folder, known);
  }

  /** The SHA-256 of a file that exists, remembered or computed. */
  String sha256(String path) throws IOException {
    Path file = folder.resolve(path);
    long bytes = Files.size(file);
    Instant time = Files.getLastModifiedTime(file).toInstant();
    long changed = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    Stamped seen = known.get(path);
    if (seen != null && seen.bytes == bytes && seen.changed == changed) {
      return seen.sha256;
    }
    Instant before = Instant.now();
    String hash = Sha256.of(file);
    if (time.isBefore(before.minus(SETTLED))) {
      known.put(path, new Stamped(hash, bytes, changed));
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
        (path, seen) ->
            lines.add("%s %d %d %s".formatted(seen.sha256, seen.bytes, seen.changed, path)));
    Path fresh = Files.createTempFile(folder, FILE, ".new");
    Files.write(fresh, lines);
    Files.move(
        fresh,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
