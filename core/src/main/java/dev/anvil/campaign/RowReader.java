package dev.anvil.campaign;

import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Reads one row at a time; gathers all that is wrong with it. */
final class RowReader {
  private static final Set<String> UNKNOWN =
      Set.of(
          "na", "n/a", "n.a.", "nan", "null", "none", "-", "--", "—", "–", "?", "k. a.", "k.a.",
          "s/d", "s.o.", "nd", "n/d", "#n/a", "#na", "#nv", "#value!", "#wert!", "#ref!",
          "#div/0!");

  /** What spreadsheets show, and sometimes save, where a number does not fit. */
  private static final String TOO_NARROW = "#{3,}";

  private final RawTable table;
  private final Columns columns;
  private final Map<String, MetricColumn> metrics;
  private final Optional<DateColumn> dates;
  private final PictureFinder pictures;
  private final NumberStyles numbers;
  private final PlausibleTimes plausible;
  private final boolean mostlyDates;
  private final LocalDateTime now;
  private final boolean damagedIds;
  private final Set<String> primary;

  /** Metric to cells of it that are no values in rows that are kept. */
  private final Map<String, List<String>> unread = new TreeMap<>();

  /**
   * What reading needs.
   *
   * @param primary metrics of which a wrong value sets its row aside
   * @param now local time in the zone of {@code dates}
   */
  record Setting(
      RawTable table,
      Columns columns,
      Map<String, MetricColumn> metrics,
      Set<String> primary,
      NumberStyles numbers,
      Optional<DateColumn> dates,
      PictureFinder pictures,
      LocalDateTime now,
      boolean damagedIds) {}

  RowReader(Setting setting) {
    this.table = setting.table();
    this.columns = setting.columns();
    this.metrics = setting.metrics();
    this.primary = setting.primary();
    this.dates = setting.dates();
    this.pictures = setting.pictures();
    this.numbers = setting.numbers();
    this.damagedIds = setting.damagedIds();
    this.now = setting.now().truncatedTo(ChronoUnit.MINUTES);
    List<LocalDateTime> times =
        dates
            .map(
                column ->
                    table.known(columns.time().orElseThrow()).stream()
                        .flatMap(cell -> column.parse(cell).stream())
                        .toList())
            .orElse(List.of());
    this.plausible = PlausibleTimes.of(times, now);
    this.mostlyDates = 2 * times.size() >= table.rows().size();
  }

  Draft read(RawRow row) {
    Draft draft = new Draft(row);
    int width = table.columns().size();
    if (row.values().size() != width) {
      draft.reasons.add(
          new Complaint(
              "has ",
              String.valueOf(row.values().size()),
              " values; expected %d, as in the header%s"
                  .formatted(
                      width,
                      row.values().stream().anyMatch(value -> value.contains("\n"))
                          ? " (is a quotation mark not closed?)"
                          : "")));
      return draft;
    }
    columns.id().filter(column -> !damagedIds).ifPresent(column -> readId(column, draft));
    dates.ifPresent(column -> readTime(column, draft));
    readPicture(draft);
    columns.metrics().forEach(column -> readMetric(column, draft));
    for (String column : columns.metadata()) {
      String value = value(column, draft);
      if (!value.isEmpty()) {
        draft.metadata.put(column, numbers.plain(column, value));
      }
    }
    return draft;
  }

  private void readId(String column, Draft draft) {
    String value = value(column, draft);
    if (!value.isEmpty()) {
      draft.id = Optional.of(value);
    }
  }

  private void readTime(DateColumn dates, Draft draft) {
    String column = columns.time().orElseThrow();
    String value = value(column, draft);
    if (value.isEmpty() || isUnknown(value)) {
      draft.reasons.add(
          new Complaint(column + " is ", "empty", "; expected " + DateColumn.EXPECTED)
              .mendedBy("time", ColumnResolver.NONE));
      return;
    }
    draft.time = dates.parse(value);
    if (draft.time.isEmpty()) {
      Complaint complaint = Complaint.of(column, value, DateColumn.EXPECTED);
      draft.reasons.add(mostlyDates ? complaint : complaint.mendedBy("time", ColumnResolver.NONE));
    } else if (plausible.isFuture(draft.time.get())) {
      draft.reasons.add(Complaint.of(column, value, "a time that is not after now, " + now));
    } else {
      plausible
          .impossible(draft.time.get())
          .ifPresent(
              why -> draft.reasons.add(Complaint.of(column, value, "the time of posting: " + why)));
    }
  }

  private void readPicture(Draft draft) {
    String column = columns.picture();
    String value = value(column, draft);
    if (value.isEmpty() || isUnknown(value)) {
      draft.reasons.add(
          new Complaint(column + " is ", "empty", "; expected the path of a picture"));
      return;
    }
    List<String> parts = Carousel.pictures(value);
    draft.pictures = parts.size();
    draft.written = parts.get(0);
    draft.picture = pictures.find(column, draft.written, draft.reasons::add);
  }

  private void readMetric(String column, Draft draft) {
    String value = value(column, draft);
    if (value.isEmpty() || isUnknown(value)) {
      return;
    }
    MetricColumn metric = metrics.get(column);
    OptionalDouble number = metric.parse(value);
    if (number.isPresent()) {
      draft.metrics.put(column, number.getAsDouble());
    } else if (primary.contains(column)) {
      draft.reasons.add(
          Complaint.of(
              column,
              value,
              value.matches(TOO_NARROW)
                  ? "a number: the spreadsheet's column was too narrow when it was saved, widen it"
                  : metric.kind().expected()));
    } else {
      unread.computeIfAbsent(column, absent -> new ArrayList<>()).add(value);
    }
  }

  /** Cells of metrics beside the first that are no values; these rows are kept without them. */
  Map<String, List<String>> unread() {
    return unread;
  }

  /** Whether a text stands for a value that nobody knows. */
  static boolean isUnknown(String text) {
    return UNKNOWN.contains(Names.lower(text));
  }

  private String value(String column, Draft draft) {
    return table.value(draft.row, column);
  }
}
