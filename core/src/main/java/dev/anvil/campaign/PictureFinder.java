package dev.anvil.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files that a picture column names: by path relative to the posts' file or to a folder
 * of pictures; else by name, with or without its ending, anywhere in that folder. Names are
 * compared without case and in one Unicode form. Files elsewhere, links to them too, are never
 * opened.
 */
final class PictureFinder {
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif",
          "avif");
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Set<String> MASKS = Set.of("mask", "masks");
  private static final int DEPTH_IN_PICTURES = 8;

  /** Beside a file of posts there may be anything: look no further than folders next to it. */
  private static final int DEPTH_BESIDE_POSTS = 2;

  private final List<Path> bases = new ArrayList<>();
  private final List<Path> allowed = new ArrayList<>();
  private final Map<String, List<Path>> byName = new HashMap<>();

  PictureFinder(Path postsFile, Optional<Path> pictures) {
    Path beside = postsFile.toAbsolutePath().normalize().getParent();
    bases.add(beside);
    pictures.map(folder -> folder.toAbsolutePath().normalize()).ifPresent(bases::add);
    try {
      for (Path base : bases) {
        allowed.add(base.toRealPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    index(
        bases.get(bases.size() - 1), pictures.isPresent() ? DEPTH_IN_PICTURES : DEPTH_BESIDE_POSTS);
  }

  static boolean isPicture(Path file) {
    return ENDINGS.contains(TableFiles.ending(file));
  }

  /** Whether a text ends as the name of a picture does. */
  static boolean looksLikePicture(String text) {
    int dot = text.lastIndexOf('.');
    return dot >= 0 && ENDINGS.contains(Names.lower(text.substring(dot + 1).strip()));
  }

  private void index(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      files
          .filter(file -> isPicture(file) && Files.isRegularFile(file))
          .filter(file -> !isMask(file))
          .sorted()
          .forEach(
              file -> {
                String name = plain(file.getFileName().toString());
                byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(file);
                byName.computeIfAbsent(stem(name), absent -> new ArrayList<>()).add(file);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Masks are called as their pictures are, and are none. */
  private static boolean isMask(Path file) {
    Path folder = file.getParent();
    return folder != null
        && folder.getFileName() != null
        && MASKS.contains(Names.lower(folder.getFileName().toString()));
  }

  /** Whether a value names a picture that is there. */
  boolean knows(String value) {
    return find("", value, complaint -> {}).isPresent();
  }

  /**
   * The file that a value names, as it is or where its %20 are spaces.
   *
   * @param reasons told why there is none
   */
  Optional<Path> find(String column, String value, Consumer<Complaint> reasons) {
    if (ENCODED.matcher(value).find() && located("", value, ignored -> {}).isEmpty()) {
      Optional<Path> found = located("", decoded(value), ignored -> {});
      if (found.isPresent()) {
        return found;
      }
    }
    return located(column, value, reasons);
  }

  /** A text that is not encoded after all stays as it is. */
  static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private Optional<Path> located(String column, String value, Consumer<Complaint> reasons) {
    try {
      boolean isUrl = value.matches("(?i)[a-z]{2,}://.*");
      String written = isUrl ? value.replaceFirst("[?#].*$", "") : value.replace('\\', '/');
      Path path = Path.of(isUrl ? written.substring(written.lastIndexOf('/') + 1) : written);
      Optional<Path> direct = isUrl ? Optional.empty() : direct(path);
      if (direct.isEmpty()) {
        direct = byName(column, value, path, isUrl, reasons);
      }
      if (direct.isPresent() && !isInside(direct.get())) {
        reasons.accept(outside(column, value));
        return Optional.empty();
      }
      return direct;
    } catch (InvalidPathException e) {
      reasons.accept(Complaint.of(column, value, expectedPath(value)));
      return Optional.empty();
    }
  }

  private static String expectedPath(String value) {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return value.chars().allMatch(c -> c < 128) || encoding.equals("UTF-8")
        ? "the path of a file"
        : ("the path of a file with a name in %s, which is all that this Java can open here; start it"
                + " in a locale of UTF-8, such as LC_ALL=C.UTF-8")
            .formatted(encoding);
  }

  /** A picture, or a file whose name has no ending, at that very path. */
  private Optional<Path> direct(Path path) {
    return bases.stream()
        .map(base -> base.resolve(path).normalize())
        .filter(Files::isRegularFile) // so it has a name, which "/" has not
        .filter(file -> isPicture(file) || !file.getFileName().toString().contains("."))
        .findFirst();
  }

  private boolean isInside(Path file) {
    try {
      Path real = file.toRealPath();
      return allowed.stream().anyMatch(real::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  private Complaint outside(String column, String value) {
    return Complaint.of(column, value, "a file in " + places() + ", not one outside it")
        .mendedBy("pictures", "FOLDER");
  }

  private String places() {
    return String.join(" or ", bases.stream().map(Path::toString).toList());
  }

  private Optional<Path> byName(
      String column, String value, Path path, boolean isUrl, Consumer<Complaint> reasons) {
    String name = Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
    List<Path> found = byName.getOrDefault(plain(name), List.of());
    if (found.size() > 1) {
      found = nearest(found, path);
    }
    if (found.size() > 1) {
      reasons.accept(
          new Complaint(
              column + " is ",
              "\"%s\", which may be %s or %s"
                  .formatted(value, shown(found.get(0)), shown(found.get(1))),
              "; expected a path that tells them apart"));
      return Optional.empty();
    }
    if (found.isEmpty()) {
      reasons.accept(
          isUrl
              ? Complaint.of(column, value, "a file: download the pictures first")
              : Complaint.of(column, value, "a picture in " + places())
                  .mendedBy("pictures", "FOLDER"));
    }
    return found.stream().findFirst();
  }

  /** Those of several files whose path ends as it is written. */
  private static List<Path> nearest(List<Path> found, Path path) {
    String written = "/" + plain(path.normalize().toString().replace('\\', '/'));
    List<Path> ending =
        found.stream()
            .filter(file -> plain(file.toString().replace('\\', '/')).endsWith(written))
            .toList();
    return ending.isEmpty() ? found : ending;
  }

  /** A file's path within the folder of the pictures, or beside the posts. */
  Path within(Path file) {
    for (int i = bases.size() - 1; i >= 0; i--) {
      if (file.startsWith(bases.get(i))) {
        return bases.get(i).relativize(file);
      }
    }
    return file.getFileName();
  }

  private String shown(Path file) {
    return bases.get(bases.size() - 1).relativize(file).toString();
  }

  /** One Unicode form, without case. */
  private static String plain(String name) {
    return Names.lower(Normalizer.normalize(name, Normalizer.Form.NFC));
  }

  private static String stem(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }
}
