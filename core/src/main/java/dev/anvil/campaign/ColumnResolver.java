package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what each column of a table is, or says everything that is missing. */
final class ColumnResolver {
  private static final int LOOKED_AT = 50;

  private final RawTable table;
  private final ColumnMapping mapping;
  private final List<Problem> problems = new ArrayList<>();

  private ColumnResolver(RawTable table, ColumnMapping mapping) {
    this.table = table;
    this.mapping = mapping;
  }

  static Columns resolve(RawTable table, ColumnMapping mapping) {
    return new ColumnResolver(table, mapping).resolve();
  }

  private Columns resolve() {
    Optional<String> id =
        mapping.id().isPresent()
            ? existing(mapping.id().get())
            : ColumnNames.find(ColumnNames.ID, unclaimed());
    Optional<String> picture =
        mapping.picture().isPresent()
            ? existing(mapping.picture().get())
            : recognised(
                "picture",
                ColumnNames.PICTURE,
                "picture, image, file, filename, path or photo",
                value -> PictureFinder.isPicture(Path.of(value.replaceAll("[^\\w.]", "_"))));
    Optional<String> time =
        mapping.time().isPresent()
            ? existing(mapping.time().get())
            : recognised(
                "time",
                ColumnNames.TIME,
                "date, time, published, timestamp or created_at",
                TimeColumn::looksLikeTime);
    Set<String> taken = new LinkedHashSet<>();
    List.of(id, picture, time).forEach(column -> column.ifPresent(taken::add));
    List<String> metrics =
        mapping.metrics().isEmpty()
            ? recognisedMetrics(taken)
            : mapping.metrics().stream().flatMap(name -> existing(name).stream()).toList();
    taken.addAll(metrics);
    List<String> metadata =
        mapping.metadata().isEmpty()
            ? table.columns().stream().filter(column -> !taken.contains(column)).toList()
            : mapping.metadata().stream().flatMap(name -> existing(name).stream()).toList();
    time.ifPresent(this::requireClearDates);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new Columns(id, picture.orElseThrow(), time.orElseThrow(), metrics, metadata);
  }

  private void requireClearDates(String time) {
    try {
      TimeColumn.of(table, time, mapping.dateOrder(), ZoneOffset.UTC);
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
    }
  }

  /** Columns that the mapping has not given a part. */
  private List<String> unclaimed() {
    Set<String> claimed = new LinkedHashSet<>(mapping.metrics());
    claimed.addAll(mapping.metadata());
    List.of(mapping.id(), mapping.picture(), mapping.time())
        .forEach(column -> column.ifPresent(claimed::add));
    return table.columns().stream().filter(column -> !claimed.contains(column)).toList();
  }

  private Optional<String> existing(String name) {
    if (table.columns().contains(name)) {
      return Optional.of(name);
    }
    String guess =
        ColumnNames.nearest(name, table.columns())
            .map("; did you mean \"%s\"?"::formatted)
            .orElse("");
    report("column \"%s\" does not exist; found %s%s".formatted(name, found(), guess));
    return Optional.empty();
  }

  private Optional<String> recognised(
      String part, List<String> names, String expected, Predicate<String> looksRight) {
    Optional<String> column = ColumnNames.find(names, unclaimed());
    if (column.isEmpty()) {
      reportMissing(part, expected, looksRight);
    }
    return column;
  }

  private List<String> recognisedMetrics(Set<String> taken) {
    List<String> metrics =
        unclaimed().stream()
            .filter(column -> !taken.contains(column))
            .filter(column -> MetricKind.ofName(column) != MetricKind.AMOUNT)
            .filter(this::hasNumbers)
            .toList();
    if (metrics.isEmpty()) {
      reportMissing(
          "metric",
          "likes, clicks, impressions, ctr, comments, shares or views",
          value -> MetricKind.AMOUNT.parse(value).isPresent());
    }
    return metrics;
  }

  /** A column named comments may well hold what people wrote. */
  private boolean hasNumbers(String column) {
    List<String> values = table.known(column);
    long withDigit = values.stream().filter(value -> value.matches("[-+.,\\s]*\\d.{0,12}")).count();
    return 2 * withDigit >= values.size();
  }

  private void reportMissing(String part, String expected, Predicate<String> looksRight) {
    String guess =
        unclaimed().stream()
            .filter(column -> looksLike(column, looksRight))
            .findFirst()
            .map(" (\"%s\" looks like one)"::formatted)
            .orElse("");
    report(
        "has no %s column; found %s; expected one named %s, or to be told which%s"
            .formatted(part, found(), expected, guess));
  }

  private boolean looksLike(String column, Predicate<String> looksRight) {
    List<String> values = table.known(column).stream().limit(LOOKED_AT).toList();
    return !values.isEmpty() && values.stream().allMatch(looksRight);
  }

  private String found() {
    return String.join(", ", table.columns());
  }

  private void report(String message) {
    problems.add(new Problem(table.file(), message));
  }
}
