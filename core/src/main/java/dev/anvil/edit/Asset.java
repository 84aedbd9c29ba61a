package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
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

  static <T> List<Asset<T>> readAll(List<Path> files, Function<Path, T> reader) {
    return files.stream().map(f -> read(f, reader)).toList();
  }

  private static <T> Asset<T> read(Path file, Function<Path, T> reader) {
    T content = reader.apply(file);
    try {
      return new Asset<>(file.getFileName().toString(), Sha256.of(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names and digests, for provenance. */
  static String describe(List<? extends Asset<?>> assets) {
    return assets.stream()
        .map(a -> a.name() + "@" + a.sha256().substring(0, 16))
        .collect(Collectors.joining(" "));
  }
}
