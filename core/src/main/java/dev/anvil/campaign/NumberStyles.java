package dev.anvil.campaign;

import dev.anvil.campaign.format.NumberColumn;
import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Unit;
import dev.anvil.campaign.table.RawTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides how the numbers of each column are written: by the column itself, by the other columns of
 * the table, by the table's delimiter.
 */
final class NumberStyles {
  private final RawTable table;
  private final Formats formats;
  private final Map<String, NumberColumn> looks = new LinkedHashMap<>();
  private final Optional<NumberStyle> others;

  /** Looks at all columns of a table. */
  NumberStyles(RawTable table, Formats formats) {
    this.table = table;
    this.formats = formats;
    for (String column : table.columns()) {
      looks.put(column, NumberColumn.of(known(column)));
    }
    this.others = others();
  }

  /** Cells of a column that say something. */
  List<String> known(String column) {
    return table.known(column).stream().filter(text -> !RowReader.isUnknown(text)).toList();
  }

  /** What the cells of a column say. */
  NumberColumn look(String column) {
    return looks.get(column);
  }

  /** How the user says that numbers are written. */
  Optional<NumberStyle> told() {
    return formats.numbers();
  }

  /** The one style that columns of numbers show, by themselves or as counts. */
  private Optional<NumberStyle> others() {
    Set<NumberStyle> shown =
        looks.values().stream()
            .filter(NumberColumn::isNumeric)
            .flatMap(look -> look.shown().stream())
            .collect(Collectors.toSet());
    if (shown.isEmpty()) {
      shown =
          looks.entrySet().stream()
              .flatMap(entry -> grouped(entry.getKey(), entry.getValue()).stream())
              .collect(Collectors.toSet());
    }
    if (shown.isEmpty() && table.delimiter().filter(d -> d == ';').isPresent()) {
      shown = Set.of(NumberStyle.COMMA); // spreadsheets use it where the comma sets decimals off
    }
    return shown.size() == 1 ? shown.stream().findFirst() : Optional.empty();
  }

  /** A count has no decimals: a mark before three digits groups, where nothing speaks against. */
  private static Optional<NumberStyle> grouped(String column, NumberColumn look) {
    boolean counted = Headers.KNOWN.metric(column).filter(m -> m.unit() == Unit.COUNT).isPresent();
    return counted && look.groupsLikely() && look.isNumeric() ? look.grouped() : Optional.empty();
  }

  /** The style of a column that can be decided. */
  Optional<NumberStyle> style(String column) {
    NumberColumn look = looks.get(column);
    if (formats.numbers().isPresent()) {
      return formats.numbers();
    }
    if (look.isMixed()) {
      return majority(look);
    }
    return look.shown()
        .or(() -> look.isClear() ? Optional.of(NumberStyle.POINT) : Optional.empty())
        .or(() -> grouped(column, look))
        .or(() -> others);
  }

  /** Few cells of the other style are mistakes; many leave it open. */
  private static Optional<NumberStyle> majority(NumberColumn look) {
    int most = Math.max(look.points(), look.commas());
    int least = Math.min(look.points(), look.commas());
    return least * 20 <= most
        ? Optional.of(look.points() > look.commas() ? NumberStyle.POINT : NumberStyle.COMMA)
        : Optional.empty();
  }

  /** How the table's numbers are written, where that is known. */
  Optional<NumberStyle> usual() {
    return formats.numbers().or(() -> others);
  }

  /** Says of a column of numbers that it adds up different currencies, if it does. */
  Optional<Note> currencies(String column) {
    if (!isNumeric(column)) {
      return Optional.empty();
    }
    Map<String, String> examples = new TreeMap<>();
    for (String cell : known(column)) {
      NumberText.of(cell)
          .flatMap(NumberText::currency)
          .ifPresent(currency -> examples.putIfAbsent(currency, "\"%s\"".formatted(cell)));
    }
    return examples.size() < 2
        ? Optional.empty()
        : Optional.of(
            Note.of(
                "%s is in several currencies (%s), and amounts are compared as if they were one: convert them to one"
                    .formatted(column, String.join(", ", examples.values()))));
  }

  boolean isNumeric(String column) {
    return looks.get(column).isNumeric();
  }

  /** A cell of metadata as plain decimals where its column is numbers in a style that is known. */
  String plain(String column, String cell) {
    NumberColumn look = looks.get(column);
    if (look.numbers() < look.cells() || (look.isClear() && look.shown().isEmpty())) {
      return cell;
    }
    return style(column)
        .flatMap(style -> NumberText.of(cell).map(number -> number.value(style)))
        .filter(OptionalDouble::isPresent)
        .map(value -> Decimals.plain(value.getAsDouble()))
        .orElse(cell);
  }
}
