package dev.anvil.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the files that a picture column names: by path, absolute or relative to the posts' file or
 * to a folder of pictures; else by name, with or without its ending, anywhere in that folder.
 */
final class PictureFinder {
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "jpe", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif");
  private static final int DEPTH_IN_PICTURES = 8;

  /** Beside a file of posts there may be anything: look no further than folders next to it. */
  private static final int DEPTH_BESIDE_POSTS = 2;

  private final List<Path> bases = new ArrayList<>();
  private final Map<String, List<Path>> byName = new HashMap<>();

  PictureFinder(Path postsFile, Optional<Path> pictures) {
    Path beside = postsFile.toAbsolutePath().normalize().getParent();
    bases.add(beside);
    pictures.map(folder -> folder.toAbsolutePath().normalize()).ifPresent(bases::add);
    index(
        bases.get(bases.size() - 1), pictures.isPresent() ? DEPTH_IN_PICTURES : DEPTH_BESIDE_POSTS);
  }

  static boolean isPicture(Path file) {
    return ENDINGS.contains(TableFiles.ending(file));
  }

  private void index(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      files
          .filter(file -> isPicture(file) && Files.isRegularFile(file))
          .sorted()
          .forEach(
              file -> {
                String name = lower(file.getFileName().toString());
                byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(file);
                byName.computeIfAbsent(stem(name), absent -> new ArrayList<>()).add(file);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file that a value names.
   *
   * @param reasons told why there is none
   */
  Optional<Path> find(String column, String value, Consumer<String> reasons) {
    if (value.matches("(?i)[a-z]{2,}://.*")) {
      reasons.accept(
          "%s is \"%s\"; expected a file, download the pictures first".formatted(column, value));
      return Optional.empty();
    }
    try {
      Path path = Path.of(value.replace('\\', '/'));
      Optional<Path> direct =
          bases.stream()
              .map(base -> base.resolve(path).normalize())
              .filter(Files::isRegularFile)
              .findFirst();
      return direct.isPresent() ? direct : findByName(column, value, path, reasons);
    } catch (InvalidPathException e) {
      reasons.accept("%s is \"%s\"; expected the path of a file".formatted(column, value));
      return Optional.empty();
    }
  }

  private Optional<Path> findByName(
      String column, String value, Path path, Consumer<String> reasons) {
    String name = Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
    List<Path> found = byName.getOrDefault(lower(name), List.of());
    if (found.size() > 1) {
      reasons.accept(
          "%s is \"%s\", which may be %s or %s; expected a path that tells them apart"
              .formatted(column, value, shown(found.get(0)), shown(found.get(1))));
      return Optional.empty();
    }
    if (found.isEmpty()) {
      reasons.accept(
          "%s is \"%s\"; expected a file in %s"
              .formatted(
                  column, value, String.join(" or ", bases.stream().map(Path::toString).toList())));
    }
    return found.stream().findFirst();
  }

  private String shown(Path file) {
    return bases.get(bases.size() - 1).relativize(file).toString();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String stem(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }
}
