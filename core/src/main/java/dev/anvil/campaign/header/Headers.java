package dev.anvil.campaign.header;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of columns and what they mean, read from {@code headers.txt}. */
public final class Headers {
  /** The names that are in use. */
  public static final Headers KNOWN = read();

  /** What a column can be besides a metric. */
  public enum Part {
    PICTURE,
    TIME,
    ASOF,
    ID,
    GROUP,
    EXPOSURE,
    /** What the numbers of a row count, or the money they are in. */
    UNIT
  }

  /** How the values of a metric are meant. */
  public enum Unit {
    COUNT,
    RATE,
    AMOUNT
  }

  /**
   * A metric that is known by name.
   *
   * @param word the same for all names of one metric, for example {@code like}
   * @param place among the metrics, 0 for the one that is fitted by default
   */
  public record Metric(String word, Unit unit, int place) {}

  private final Map<Part, Map<String, Integer>> parts = new EnumMap<>(Part.class);
  private final Map<String, Metric> metrics = new HashMap<>();

  /** Names of parts that are not on a part's first line, which is English. */
  private final Set<String> translated = new HashSet<>();

  private Headers(List<String> lines) {
    for (Part part : Part.values()) {
      parts.put(part, new LinkedHashMap<>());
    }
    int place = 0;
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String[] meaning = line.substring(0, colon).split(" ", 2);
      List<String> names =
          List.of(line.substring(colon + 1).split(";", -1)).stream().map(Names::plain).toList();
      if (meaning.length == 1) {
        Map<String, Integer> part = parts.get(Part.valueOf(upper(meaning[0])));
        if (!part.isEmpty()) {
          names.stream().filter(name -> !part.containsKey(name)).forEach(translated::add);
        }
        for (int i = 0; i < names.size(); i++) {
          part.putIfAbsent(names.get(i), i);
        }
      } else {
        Metric metric = new Metric(meaning[1], Unit.valueOf(upper(meaning[0])), place++);
        names.forEach(name -> metrics.putIfAbsent(name, metric));
      }
    }
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static Headers read() {
    try (InputStream in = Headers.class.getResourceAsStream("headers.txt")) {
      return new Headers(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns that have a name of this part, the likeliest first. */
  public List<String> columns(Part part, List<String> columns) {
    Map<String, Integer> names = parts.get(part);
    return columns.stream()
        .filter(column -> is(part, column))
        .sorted(Comparator.comparing(column -> place(names, column)))
        .toList();
  }

  private static int place(Map<String, Integer> names, String column) {
    return names.getOrDefault(
        Names.plain(column), names.getOrDefault(Names.bare(column), Integer.MAX_VALUE));
  }

  /** Whether a column's name is one of a part's. */
  public boolean is(Part part, String column) {
    Map<String, Integer> names = parts.get(part);
    return names.containsKey(Names.plain(column)) || names.containsKey(Names.bare(column));
  }

  /** Whether a column's name is German, French or Spanish, where the day comes first. */
  public boolean isTranslated(String column) {
    return translated.contains(Names.plain(column)) || translated.contains(Names.bare(column));
  }

  /** The metric that a column's name tells, if it tells one. */
  public Optional<Metric> metric(String column) {
    return Optional.ofNullable(metrics.get(Names.plain(column)))
        .or(() -> Optional.ofNullable(metrics.get(Names.bare(column))))
        .or(() -> Optional.ofNullable(metrics.get(core(Names.plain(column)))))
        .or(() -> byEnding(Names.plain(column)));
  }

  /** {@code likes} of "Total post likes count". */
  private static String core(String name) {
    return name.replaceFirst("^(?:numberof|num|total|avg)?(?:post|media|photo)?", "")
        .replaceFirst("(?:count|counts|total)$", "");
  }

  /** {@code photo_like_rate} is a rate, too. */
  private Optional<Metric> byEnding(String name) {
    return name.endsWith("rate") || name.endsWith("ctr")
        ? Optional.of(metrics.get(name.endsWith("ctr") ? "ctr" : "engagementrate"))
        : Optional.empty();
  }

  /** Whether a name says anything that is known. */
  public boolean knows(String column) {
    return metric(column).isPresent()
        || List.of(Part.values()).stream().anyMatch(part -> is(part, column));
  }
}
