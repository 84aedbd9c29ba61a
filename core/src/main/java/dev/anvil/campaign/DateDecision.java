package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.format.DateColumn.Shown;
import dev.anvil.campaign.format.DateOrder;
import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.table.RawTable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides how the dates of a column are meant: by the column itself, else by the order of its rows,
 * by what would lie in the future, by other columns of dates, by the language of its name, by how
 * numbers are written.
 */
final class DateDecision {
  private final RawTable table;
  private final String column;
  private final List<String> cells;
  private final ZoneId zone;
  private final LocalDate latest;
  private Optional<Note> note = Optional.empty();

  /**
   * @param zone that times become local times of
   * @param latest no date is expected after
   */
  DateDecision(RawTable table, String column, ZoneId zone, LocalDate latest) {
    this.table = table;
    this.column = column;
    this.cells = table.known(column);
    this.zone = zone;
    this.latest = latest;
  }

  /**
   * Decides.
   *
   * @param given by the user
   * @param numbers how the table's numbers are written, where that is known
   * @throws InvalidInputException when the column leaves it open, or contradicts itself
   */
  DateColumn decide(Optional<DateOrder> given, Optional<NumberStyle> numbers) {
    if (given.isPresent()) {
      return dates(given.get());
    }
    Shown shown = DateColumn.shown(cells);
    if (shown.isMixed()) {
      throw refusal(
          "%s has both \"%s\" and \"%s\"; expected the day, or the month, to come first in all"
              .formatted(column, shown.dayFirst().get(), shown.monthFirst().get()));
    }
    if (shown.order().isPresent() || shown.open().isEmpty()) {
      shown.order().ifPresent(order -> say(order, example(shown), "as the column shows"));
      return dates(shown.order().orElse(DateOrder.DAY_FIRST));
    }
    String open = shown.open().get();
    return bySorting(open)
        .or(() -> byFuture(open))
        .or(() -> byOthers(open))
        .or(() -> byLanguage(open))
        .or(
            () ->
                numbers
                    .filter(style -> style == NumberStyle.COMMA)
                    .map(
                        style ->
                            said(
                                DateOrder.DAY_FIRST, open, "as where the comma sets decimals off")))
        .map(this::dates)
        .orElseThrow(
            () ->
                refusal(
                    "%s has only dates such as \"%s\", which may begin with the day or the month; expected dates such as 2017-03-04, or the order to be told"
                        .formatted(column, open)));
  }

  private static String example(Shown shown) {
    return shown.dayFirst().or(shown::monthFirst).orElseThrow();
  }

  private DateColumn dates(DateOrder order) {
    return new DateColumn(order, zone, latest);
  }

  /** Exports are sorted by time: one order may sort the rows, and the other not. */
  private Optional<DateOrder> bySorting(String open) {
    boolean day = dates(DateOrder.DAY_FIRST).isSorted(cells);
    boolean month = dates(DateOrder.MONTH_FIRST).isSorted(cells);
    return day == month
        ? Optional.empty()
        : Optional.of(
            said(
                day ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST,
                open,
                "which puts the rows in the order of time"));
  }

  private Optional<DateOrder> byFuture(String open) {
    long day = dates(DateOrder.DAY_FIRST).impossible(cells);
    long month = dates(DateOrder.MONTH_FIRST).impossible(cells);
    if (day == month || Math.min(day, month) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        said(
            day == 0 ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST,
            open,
            "as some dates would else lie in the future"));
  }

  private Optional<DateOrder> byOthers(String open) {
    List<DateOrder> orders =
        table.columns().stream()
            .filter(other -> !other.equals(column))
            .flatMap(other -> DateColumn.shown(table.known(other)).order().stream())
            .distinct()
            .toList();
    return orders.size() == 1
        ? Optional.of(said(orders.get(0), open, "as other columns of dates show"))
        : Optional.empty();
  }

  private Optional<DateOrder> byLanguage(String open) {
    return Headers.KNOWN.isTranslated(column)
        ? Optional.of(said(DateOrder.DAY_FIRST, open, "as in the language of its name"))
        : Optional.empty();
  }

  private DateOrder said(DateOrder order, String example, String why) {
    say(order, example, why);
    return order;
  }

  private void say(DateOrder order, String example, String why) {
    boolean isDay = order == DateOrder.DAY_FIRST;
    note =
        dates(order)
            .parse(example)
            .map(
                time ->
                    Note.of(
                        "%s: \"%s\" is read as %s, %s first, %s"
                            .formatted(
                                column, example, time.toLocalDate(), isDay ? "day" : "month", why),
                        "dates",
                        (isDay ? DateOrder.MONTH_FIRST : DateOrder.DAY_FIRST)
                            .name()
                            .toLowerCase(Locale.ROOT)));
  }

  /** What was decided, where the cells left it open. */
  Optional<Note> note() {
    return note;
  }

  private InvalidInputException refusal(String message) {
    return new InvalidInputException(
        List.of(
            new Problem(
                table.file(), message, Optional.of(new Mend("dates", "day_first|month_first")))));
  }
}
