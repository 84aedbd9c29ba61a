package dev.anvil.campaign;

import java.util.Arrays;
import java.util.List;

/** A cell that names several pictures of one post. */
final class Carousel {
  private Carousel() {}

  /** The pictures that a cell names; the cell itself when it names one, or none. */
  static List<String> pictures(String cell) {
    for (String separator : List.of("[|;\\n\\t]", ",", "\\s+")) {
      List<String> parts =
          Arrays.stream(unwrapped(cell).split(separator, -1))
              .map(part -> part.strip().replaceAll("^[\"']|[\"']$", ""))
              .filter(part -> !part.isEmpty())
              .toList();
      if (parts.size() > 1 && parts.stream().allMatch(PictureFinder::looksLikePicture)) {
        return parts;
      }
    }
    List<String> listed =
        unwrapped(cell).equals(cell) ? List.of() : List.of(unwrapped(cell).replaceAll("[\"']", ""));
    return listed.isEmpty() ? List.of(cell) : listed;
  }

  /** Without the brackets of a list, as in {@code ["a.jpg","b.jpg"]}. */
  private static String unwrapped(String cell) {
    String text = cell.strip();
    return text.startsWith("[") && text.endsWith("]") && PictureFinder.looksLikePicture(bare(text))
        ? text.substring(1, text.length() - 1).strip()
        : cell;
  }

  private static String bare(String list) {
    return list.substring(1, list.length() - 1).replaceAll("[\"']", "").strip();
  }
}
