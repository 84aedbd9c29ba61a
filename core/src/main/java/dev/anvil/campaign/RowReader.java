package dev.anvil.campaign;

import dev.anvil.campaign.RawTable.RawRow;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads one row at a time; gathers all that is wrong with it. */
final class RowReader {
  private static final Set<String> UNKNOWN = Set.of("na", "n/a", "nan", "null", "none", "-", "--");

  private final Columns columns;
  private final Map<String, MetricKind> kinds;
  private final Map<String, Integer> position = new HashMap<>();
  private final TimeColumn times;
  private final PictureFinder pictures;
  private final LocalDateTime latest;
  private final LocalDateTime now;

  /**
   * @param kinds of all metrics
   * @param now local time, in the zone that {@code times} gives
   */
  RowReader(
      List<String> header,
      Columns columns,
      Map<String, MetricKind> kinds,
      TimeColumn times,
      PictureFinder pictures,
      LocalDateTime now) {
    this.columns = columns;
    this.kinds = Map.copyOf(kinds);
    for (int i = 0; i < header.size(); i++) {
      position.put(header.get(i), i);
    }
    this.times = times;
    this.pictures = pictures;
    this.now = now.truncatedTo(ChronoUnit.MINUTES);
    // A time without a zone may be of a place whose clocks are up to 14 hours ahead.
    this.latest = now.plusHours(14);
  }

  Draft read(RawRow row) {
    Draft draft = new Draft(row);
    if (row.values().size() != position.size()) {
      draft.reasons.add(
          "has %d values; expected %d, as in the header%s"
              .formatted(
                  row.values().size(),
                  position.size(),
                  row.values().stream().anyMatch(value -> value.contains("\n"))
                      ? " (is a quotation mark not closed?)"
                      : ""));
      return draft;
    }
    columns.id().ifPresent(column -> readId(column, draft));
    readTime(draft);
    readPicture(draft);
    columns.metrics().forEach(column -> readMetric(column, draft));
    for (String column : columns.metadata()) {
      String value = value(column, draft);
      if (!value.isEmpty()) {
        draft.metadata.put(column, value);
      }
    }
    return draft;
  }

  private void readId(String column, Draft draft) {
    String value = value(column, draft);
    if (value.isEmpty()) {
      draft.reasons.add(column + " is empty; expected what names the post");
    } else {
      draft.id = Optional.of(value);
    }
  }

  private void readTime(Draft draft) {
    String value = value(columns.time(), draft);
    if (value.isEmpty()) {
      draft.reasons.add("%s is empty; expected %s".formatted(columns.time(), TimeColumn.EXPECTED));
      return;
    }
    draft.time = times.parse(value);
    if (draft.time.isEmpty()) {
      reject(columns.time(), value, TimeColumn.EXPECTED, draft);
    } else if (draft.time.get().isAfter(latest)) {
      reject(columns.time(), value, "a time that is not after now, " + now, draft);
    }
  }

  private void readPicture(Draft draft) {
    String value = value(columns.picture(), draft);
    if (value.isEmpty()) {
      draft.reasons.add(columns.picture() + " is empty; expected the path of a picture");
    } else {
      draft.picture = pictures.find(columns.picture(), value, draft.reasons::add);
    }
  }

  private void readMetric(String column, Draft draft) {
    String value = value(column, draft);
    if (value.isEmpty() || isUnknown(value)) {
      return;
    }
    MetricKind kind = kinds.get(column);
    OptionalDouble number = kind.parse(value);
    if (number.isPresent()) {
      draft.metrics.put(column, number.getAsDouble());
    } else {
      reject(column, value, kind.expected(), draft);
    }
  }

  /** Whether a text stands for a value that nobody knows. */
  static boolean isUnknown(String text) {
    return UNKNOWN.contains(ColumnNames.lower(text));
  }

  private static void reject(String column, String value, String expected, Draft draft) {
    draft.reasons.add("%s is \"%s\"; expected %s".formatted(column, value, expected));
  }

  private String value(String column, Draft draft) {
    return draft.row.values().get(position.get(column)).strip();
  }
}
