package dev.anvil.campaign;

import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rows that add up others and are no posts: they have no picture, and say so ("Total: Ads",
 * "Gesamt"), or a metric of theirs is the sum of all others.
 */
final class Totals {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?iu)(?:grand |sub)?total(?:s|es|e|aux)?(?:\\b.{0,60})?|totaux\\b.*"
              + "|(?:zwischen|end)?summe\\b.*|gesamt(?:summe|ergebnis|wert)?e?\\b.*|insgesamt\\b.*"
              + "|(?:resultados|résultats|résultat|resultado|importe|suma)(?: totales| totaux|"
              + " total)?\\b.{0,40}|ergebnisse? insgesamt.*|all (?:ads|posts|campaigns).*"
              + "|media|mittelwert|average|moyenne|promedio|durchschnitt");
  private static final double WITHIN = .005;
  private static final int FEWEST = 2;

  private final RawTable table;
  private final Columns columns;

  Totals(RawTable table, Columns columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Rows that say that they are totals. */
  List<RawRow> labelled() {
    return table.rows().stream().filter(row -> isWithoutPicture(row) && isLabelled(row)).toList();
  }

  private boolean isWithoutPicture(RawRow row) {
    String value = table.value(row, columns.picture());
    return value.isEmpty() || RowReader.isUnknown(value) || WORDS.matcher(value).matches();
  }

  private boolean isLabelled(RawRow row) {
    return table.columns().stream()
        .filter(column -> !columns.metrics().contains(column))
        .anyMatch(column -> WORDS.matcher(table.value(row, column)).matches());
  }

  /** Rows without a label of which some metric is the sum of all other rows'. */
  List<RawRow> sums(Map<String, MetricColumn> metrics) {
    Set<RawRow> totals = new HashSet<>();
    for (MetricColumn metric : metrics.values()) {
      double sum =
          table.rows().stream()
              .filter(row -> !isWithoutPicture(row))
              .map(row -> metric.parse(table.value(row, metric.name())))
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
              .sum();
      table.rows().stream()
          .filter(row -> table.rows().size() > FEWEST && isWithoutPicture(row))
          .filter(row -> isSum(metric.parse(table.value(row, metric.name())), sum))
          .forEach(totals::add);
    }
    return new ArrayList<>(totals);
  }

  private static boolean isSum(OptionalDouble value, double sum) {
    return value.isPresent() && sum > 0 && Math.abs(value.getAsDouble() - sum) <= WITHIN * sum;
  }

  /** Rows with a single cell that is no picture: a remark, a heading between rows. */
  List<RawRow> remarks() {
    return table.columns().size() < FEWEST
        ? List.of()
        : table.rows().stream()
            .filter(row -> row.values().size() == 1 || isWithoutPicture(row))
            .filter(Totals::isRemark)
            .toList();
  }

  private static boolean isRemark(RawRow row) {
    List<String> known = row.values().stream().filter(cell -> !cell.isBlank()).toList();
    return known.size() == 1
        && !known.get(0).contains("\n")
        && NumberText.of(known.get(0)).isEmpty()
        && !PictureFinder.looksLikePicture(known.get(0));
  }

  /** Says how many rows are left out. */
  static Optional<Note> note(String what, String unit, List<RawRow> rows) {
    return rows.stream()
        .findFirst()
        .map(
            first ->
                Note.of(
                    rows.size() == 1
                        ? "the row in %s %d holds %s and is no post"
                            .formatted(unit, first.line(), what)
                        : "%d rows from %s %d on hold %s and are no posts"
                            .formatted(rows.size(), unit, first.line(), what)));
  }
}
