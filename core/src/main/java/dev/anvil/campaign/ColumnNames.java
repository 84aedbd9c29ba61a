package dev.anvil.campaign;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises columns by the names that people and platforms give them. */
final class ColumnNames {
  /** The likeliest first: where a file has several of them, the first is taken. */
  static final List<String> PICTURE =
      List.of(
          "picture",
          "image",
          "photo",
          "picturefile",
          "imagefile",
          "photofile",
          "picturepath",
          "imagepath",
          "photopath",
          "picturename",
          "imagename",
          "filename",
          "filepath",
          "file",
          "path",
          "img",
          "media",
          "mediafile",
          "asset",
          "creative");

  static final List<String> TIME =
      List.of(
          "publishedat",
          "published",
          "publishtime",
          "publishdate",
          "publicationdate",
          "datepublished",
          "postedat",
          "posted",
          "postdate",
          "postingdate",
          "posttime",
          "datetime",
          "timestamp",
          "createdat",
          "createdtime",
          "created",
          "datecreated",
          "takenat",
          "date",
          "time",
          "day");

  static final List<String> ID = List.of("postid", "id", "mediaid", "shortcode", "post");

  private ColumnNames() {}

  /** A name without case, spaces and marks. */
  static String plain(String name) {
    return lower(name).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The column that has the first of some names. */
  static Optional<String> find(List<String> names, List<String> columns) {
    return names.stream()
        .flatMap(name -> columns.stream().filter(column -> plain(column).equals(name)))
        .findFirst();
  }

  /** The column whose name is nearest to a name that does not exist, if one is near. */
  static Optional<String> nearest(String name, List<String> columns) {
    return columns.stream()
        .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
        .filter(column -> distance(name, column) <= Math.max(1, name.length() / 3));
  }

  /** Levenshtein's distance of two names. */
  private static int distance(String first, String second) {
    String a = plain(first);
    String b = plain(second);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
