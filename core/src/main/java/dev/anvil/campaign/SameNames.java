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
  private final List<Draft> found;

  SameNames(String column, PictureFinder pictures, List<Draft> drafts) {
    this.column = column;
    this.pictures = pictures;
    this.found = drafts.stream().filter(draft -> draft.picture.isPresent()).toList();
  }

  /** Sets aside rows whose picture is that of another row, which writes its folder. */
  void setAside() {
    found.stream()
        .collect(groupingBy(draft -> draft.picture.orElseThrow(), LinkedHashMap::new, toList()))
        .values()
        .stream()
        .filter(same -> same.stream().anyMatch(this::writesFolder))
        .flatMap(List::stream)
        .filter(this::isElsewhere)
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
    List<Draft> elsewhere =
        found.stream().filter(draft -> draft.isSound() && isElsewhere(draft)).toList();
    if (!elsewhere.isEmpty()) {
      Draft first = elsewhere.get(0);
      notes.add(
          Note.of(
              "%s: %s in another folder than written, such as \"%s\" as %s"
                  .formatted(
                      column,
                      elsewhere.size() == 1
                          ? "1 picture is found by its name"
                          : elsewhere.size() + " pictures are found by their names",
                      first.written,
                      pictures.within(first.picture.orElseThrow()))));
    }
    Map<Path, Draft> firsts = new HashMap<>();
    for (Draft draft : found) {
      Draft before =
          draft.isSound() ? firsts.putIfAbsent(draft.picture.orElseThrow(), draft) : null;
      if (before != null && !agree(parts(draft.written), parts(before.written))) {
        notes.add(
            Note.of(
                "%s: \"%s\" and \"%s\" are both taken for %s, the only picture of that name; if they are not the same, give their files names of their own"
                    .formatted(
                        column,
                        before.written,
                        draft.written,
                        pictures.within(draft.picture.orElseThrow()))));
        break;
      }
    }
    return notes;
  }

  private boolean writesFolder(Draft draft) {
    return parts(draft.written).size() > 1 && !isUrl(draft) && !isElsewhere(draft);
  }

  /** Whether a row writes another folder than its picture is in; addresses tell no folders. */
  private boolean isElsewhere(Draft draft) {
    Path within = pictures.within(draft.picture.orElseThrow());
    return !isUrl(draft) && !agree(parts(draft.written), parts(within.toString()));
  }

  private static boolean isUrl(Draft draft) {
    return draft.written.contains("://");
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
