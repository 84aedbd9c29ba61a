package dev.anvil.campaign.header;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares names of columns as people do: without case, accents, spaces and marks. */
public final class Names {
  private Names() {}

  /** A name without case, accents, spaces and marks. */
  public static String plain(String name) {
    return lower(Normalizer.normalize(name, Normalizer.Form.NFKD))
        .replace("ß", "ss")
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** The same without what stands in brackets at its end: a currency, a unit. */
  public static String bare(String name) {
    return plain(name.replaceFirst("[\\s_-]*[(\\[][^()\\[\\]]*[)\\]]\\s*$", ""));
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The column that a person means by a name: itself, else the only one that is alike. */
  public static Optional<String> same(String name, List<String> columns) {
    if (columns.contains(name)) {
      return Optional.of(name);
    }
    List<String> alike =
        columns.stream().filter(column -> plain(column).equals(plain(name))).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  /** The column whose name is nearest to a name that does not exist, if one is near. */
  public static Optional<String> nearest(String name, List<String> columns) {
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
