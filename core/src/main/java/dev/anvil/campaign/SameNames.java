package dev.anvil.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.anvil.campaign.header.Names;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds rows whose picture was found by its name alone though they write another folder: {@code
 * summer/hero.jpg} where only {@code spring/hero.jpg} is there.
 */
final class SameNames {
  private final String column;
  private final PictureFinder pictures;
  private final List<Named> found;

  /**
   * A row whose picture was found.
   *
   * @param parts folders and name that it writes
   * @param isUrl whether it writes an address, which tells no folders
   * @param isElsewhere whether it writes another folder than its picture is in
   */
  private record Named(Draft draft, List<String> parts, boolean isUrl, boolean isElsewhere) {
    Path picture() {
      return draft.picture.orElseThrow();
    }

    boolean writesFolder() {
      return parts.size() > 1 && !isUrl && !isElsewhere;
    }
  }

  SameNames(String column, PictureFinder pictures, List<Draft> drafts) {
    this.column = column;
    this.pictures = pictures;
    Map<Path, List<String>> within = new HashMap<>();
    this.found =
        drafts.stream()
            .filter(draft -> draft.picture.isPresent())
            .map(
                draft ->
                    named(
                        draft,
                        within.computeIfAbsent(
                            draft.picture.get(), file -> parts(pictures.within(file).toString()))))
            .toList();
  }

  private static Named named(Draft draft, List<String> within) {
    List<String> written = parts(draft.written);
    boolean isUrl = draft.written.contains("://");
    return new Named(draft, written, isUrl, !isUrl && !agree(written, within));
  }

  /** Sets aside rows whose picture is that of another row, which writes its folder. */
  void setAside() {
    found.stream()
        .collect(groupingBy(Named::picture, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .filter(same -> same.stream().anyMatch(Named::writesFolder))
        .flatMap(List::stream)
        .filter(Named::isElsewhere)
        .map(Named::draft)
        .forEach(
            draft ->
                draft.reasons.add(
                    new Complaint(
                        column + " is ",
                        "\"%s\"".formatted(draft.written),
                        "; expected a file that is there: the only one of its name is in another folder, and other rows name it there")));
  }

  /** Says which rows are kept with a picture that may be another. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    List<Named> sound = found.stream().filter(row -> row.draft.isSound()).toList();
    List<Named> elsewhere = sound.stream().filter(Named::isElsewhere).toList();
    if (!elsewhere.isEmpty()) {
      Named first = elsewhere.get(0);
      notes.add(
          Note.of(
              "%s: %s in another folder than written, such as \"%s\" as %s"
                  .formatted(
                      column,
                      elsewhere.size() == 1
                          ? "1 picture is found by its name"
                          : elsewhere.size() + " pictures are found by their names",
                      first.draft.written,
                      pictures.within(first.picture()))));
    }
    Map<Path, Named> firsts = new HashMap<>();
    for (Named row : sound) {
      Named before = firsts.putIfAbsent(row.picture(), row);
      if (before != null && !agree(row.parts, before.parts)) {
        notes.add(
            Note.of(
                "%s: \"%s\" and \"%s\" are both taken for %s, the only picture of that name; if they are not the same, give their files names of their own"
                    .formatted(
                        column,
                        before.draft.written,
                        row.draft.written,
                        pictures.within(row.picture()))));
        break;
      }
    }
    return notes;
  }

  /** Whether the folders of two paths are the same, as far as both tell them. */
  private static boolean agree(List<String> one, List<String> other) {
    int shared = Math.min(one.size(), other.size());
    return one.subList(one.size() - shared, one.size() - 1)
        .equals(other.subList(other.size() - shared, other.size() - 1));
  }

  /** Folders and name, without case and encoding. */
  private static List<String> parts(String path) {
    String plain =
        Names.lower(
            Normalizer.normalize(
                PictureFinder.decoded(path.replaceFirst("[?#].*$", "").replace('\\', '/')),
                Normalizer.Form.NFC));
    return Arrays.stream(plain.replaceFirst("^.*\\.\\./", "").split("/+"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
