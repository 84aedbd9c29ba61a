package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.Sha256;
import dev.anvil.image.PictureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A picture file that an editor uses.
 *
 * @param name its file name
 * @param sha256 digest of its bytes
 * @param content what was decoded
 */
record Asset<T>(String name, String sha256, T content) {
  Asset {
    requireNonNull(name, "name is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(content, "content is null");
  }

  /**
   * Reads files, each once: the digest is that of the very bytes that were decoded.
   *
   * @param decoder of a file's name and bytes
   */
  static <T> List<Asset<T>> readAll(List<Path> files, BiFunction<String, byte[], T> decoder) {
    return files.stream().map(f -> read(f, decoder)).toList();
  }

  private static <T> Asset<T> read(Path file, BiFunction<String, byte[], T> decoder) {
    byte[] bytes = PictureReader.DEFAULT.bytes(file);
    return new Asset<>(
        file.getFileName().toString(), Sha256.of(bytes), decoder.apply(file.toString(), bytes));
  }

  /** Names and digests, for provenance. */
  static String describe(List<? extends Asset<?>> assets) {
    return assets.stream()
        .map(a -> a.name() + "@" + a.sha256().substring(0, 16))
        .collect(Collectors.joining(" "));
  }
}
