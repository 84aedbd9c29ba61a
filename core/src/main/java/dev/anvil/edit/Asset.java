package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.image.PictureReader;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A picture file that an editor uses. What was decoded is kept while there is memory for it: plates
 * of a camera take 36 MB each.
 *
 * @param <T> what it is decoded to
 */
final class Asset<T> {
  private final Path file;
  private final String sha256;
  private final BiFunction<String, byte[], T> decoder;
  private SoftReference<T> kept;

  private Asset(Path file, BiFunction<String, byte[], T> decoder) {
    this.file = requireNonNull(file, "file is null");
    this.decoder = requireNonNull(decoder, "decoder is null");
    byte[] bytes = PictureReader.DEFAULT.bytes(file);
    this.sha256 = Sha256.of(bytes);
    this.kept = new SoftReference<>(decoder.apply(file.toString(), bytes));
  }

  /**
   * Reads files: the digest is that of the very bytes that were decoded.
   *
   * @param decoder of a file's name and bytes
   */
  static <T> List<Asset<T>> readAll(List<Path> files, BiFunction<String, byte[], T> decoder) {
    return files.stream().map(file -> new Asset<>(file, decoder)).toList();
  }

  /**
   * What was decoded, again if need be.
   *
   * @throws InvalidInputException when the file is another one now
   */
  synchronized T content() {
    T content = kept.get();
    if (content == null) {
      byte[] bytes = PictureReader.DEFAULT.bytes(file);
      String now = Sha256.of(bytes);
      if (!now.equals(sha256)) {
        throw new InvalidInputException(
            file.toString(),
            "has changed while it was in use: found SHA-256 %s; expected %s"
                .formatted(now, sha256));
      }
      content = decoder.apply(file.toString(), bytes);
      kept = new SoftReference<>(content);
    }
    return content;
  }

  /** Forgets what was decoded, as the lack of memory does. */
  synchronized void forget() {
    kept = new SoftReference<>(null);
  }

  /** Names and digests, for provenance. */
  static String describe(List<? extends Asset<?>> assets) {
    return assets.stream().map(Asset::described).collect(Collectors.joining(" "));
  }

  private String described() {
    return file.getFileName() + "@" + sha256.substring(0, 16);
  }
}
