package dev.anvil.campaign;

import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.table.RawTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what happened to a column of times on its way, and in which zone they are. */
final class TimeNotes {
  private static final int FEWEST = 2;
  private static final int MONTHS = 12;

  private TimeNotes() {}

  static List<Note> of(RawTable table, String column, DateColumn dates) {
    List<String> cells = table.known(column);
    List<Note> notes = new ArrayList<>();
    List<String> serial = cells.stream().filter(DateColumn::isSerial).toList();
    if (!serial.isEmpty()) {
      String example = serial.get(0);
      notes.add(
          Note.of(
              "%s: a spreadsheet turned %d dates into numbers; \"%s\" is read as %s"
                  .formatted(column, serial.size(), example, dates.parse(example).orElseThrow())));
    }
    if (areExchanged(cells, dates)) {
      notes.add(
          Note.of(
              "%s: a spreadsheet recognised only dates whose day is 12 or less: it took their day for the month; format the column as text and export again"
                  .formatted(column)));
    }
    List<String> periods = cells.stream().filter(DateColumn::isPeriod).toList();
    if (!periods.isEmpty()) {
      notes.add(
          Note.of(
              "%s: %s no days; \"%s\" is read as %s, the first day"
                  .formatted(
                      column,
                      periods.size() == cells.size() ? "holds" : periods.size() + " cells hold",
                      periods.get(0),
                      dates.parse(periods.get(0)).orElseThrow().toLocalDate())));
    }
    if (cells.stream().anyMatch(DateColumn::isZoned)) {
      notes.add(
          Note.of(
              "%s: times are local times of %s".formatted(column, dates.zone()), "zone", "ZONE"));
    }
    return notes;
  }

  /**
   * A spreadsheet that puts the month first leaves dates such as 13/01/2025 as they are, and one
   * that puts the day first leaves 01/13/2025.
   */
  private static boolean areExchanged(List<String> cells, DateColumn dates) {
    Map<Boolean, List<String>> parts =
        cells.stream()
            .collect(
                Collectors.partitioningBy(
                    cell -> DateColumn.isSerial(cell) || DateColumn.isYearFirst(cell)));
    List<String> texts = parts.get(false);
    List<String> recognised = parts.get(true);
    return texts.size() >= FEWEST
        && recognised.size() >= FEWEST
        && texts.stream().allMatch(text -> DateColumn.shown(List.of(text)).order().isPresent())
        && recognised.stream()
            .flatMap(cell -> dates.parse(cell).stream())
            .allMatch(time -> time.getDayOfMonth() <= MONTHS);
  }
}
