package dev.anvil.campaign;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One spelling for values of metadata that differ in case and spaces only: "DE", "de" and "De". A
 * column with almost as many values as rows holds text, and keeps its own.
 */
final class Spellings {
  private static final double MOST_VALUES = .5;

  /** A column with more values than this is no category either, and counting them takes memory. */
  private static final int MOST_CATEGORIES = 5000;

  private static final int EXAMPLES = 3;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** By column and plain value, how often each spelling is there. */
  private final Map<String, Map<String, Map<String, Integer>>> counts = new TreeMap<>();

  /** By column and plain value, the spelling that is used. */
  private final Map<String, Map<String, String>> used = new HashMap<>();

  private Spellings() {}

  /** The spellings that rows use most often, the first of several. */
  static Spellings of(Collection<Map<String, String>> rows) {
    Spellings spellings = new Spellings();
    Map<String, Integer> values = new HashMap<>();
    for (Map<String, String> row : rows) {
      row.forEach(
          (column, value) -> {
            values.merge(column, 1, Integer::sum);
            spellings.count(column, value);
          });
    }
    spellings
        .counts
        .entrySet()
        .removeIf(
            e ->
                e.getValue().size()
                    > Math.min(MOST_CATEGORIES, MOST_VALUES * values.get(e.getKey())));
    spellings.counts.forEach(
        (column, found) -> {
          Map<String, String> own = new HashMap<>();
          found.forEach((plain, several) -> own.put(plain, commonest(several)));
          spellings.used.put(column, own);
        });
    return spellings;
  }

  private void count(String column, String value) {
    Map<String, Map<String, Integer>> found =
        counts.computeIfAbsent(column, name -> new LinkedHashMap<>());
    if (found.size() <= MOST_CATEGORIES) {
      found
          .computeIfAbsent(plain(value), key -> new LinkedHashMap<>())
          .merge(value, 1, Integer::sum);
    }
  }

  /** The same metadata in these spellings. */
  Map<String, String> of(Map<String, String> metadata) {
    Map<String, String> spelled = new TreeMap<>(metadata);
    spelled.replaceAll(
        (column, value) ->
            used.containsKey(column) ? used.get(column).getOrDefault(plain(value), value) : value);
    return spelled;
  }

  /** Says of each column which values are taken for one. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    counts.forEach(
        (column, values) -> {
          List<Map<String, Integer>> several =
              values.values().stream().filter(found -> found.size() > 1).toList();
          if (!several.isEmpty()) {
            notes.add(note(column, several));
          }
        });
    return notes;
  }

  private static String plain(String value) {
    String text = Normalizer.normalize(value, Normalizer.Form.NFKC).strip();
    return SPACES.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  private static String commonest(Map<String, Integer> counts) {
    int most = Collections.max(counts.values());
    return counts.keySet().stream()
        .filter(value -> counts.get(value) == most)
        .findFirst()
        .orElseThrow();
  }

  private static Note note(String column, List<Map<String, Integer>> several) {
    Map<String, Integer> first = several.get(0);
    List<String> examples =
        first.keySet().stream().limit(EXAMPLES).map("\"%s\""::formatted).toList();
    String more =
        several.size() == 1
            ? ""
            : "; so with %d other %s"
                .formatted(several.size() - 1, several.size() == 2 ? "value" : "values");
    return Note.of(
        "%s: %s differ in case or spaces only, and are taken for one value, \"%s\"%s"
            .formatted(column, String.join(", ", examples), commonest(first), more));
  }
}
