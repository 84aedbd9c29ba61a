package dev.anvil.campaign;

import dev.anvil.campaign.table.RawTable;
import java.util.List;
import java.util.Optional;

/**
 * Recognises ids that a spreadsheet took for numbers: 1.79000E+16, or 17 digits of which only 15
 * are left. Posts with such ids are named by what they consist of.
 */
final class DamagedIds {
  private static final String SCIENTIFIC = "[+-]?\\d(?:[.,]\\d+)?[eE]\\+?\\d{2,3}";
  private static final String LONG = "\\d{16,}";
  private static final int DIGITS_KEPT = 15;
  private static final int FEWEST = 3;

  private DamagedIds() {}

  /** What is wrong with a column of ids, if it is. */
  static Optional<Note> of(RawTable table, String column) {
    List<String> ids = table.known(column);
    List<String> scientific = ids.stream().filter(id -> id.matches(SCIENTIFIC)).toList();
    if (!scientific.isEmpty()) {
      return Optional.of(note(column, scientific.get(0), scientific.size()));
    }
    List<String> digits = ids.stream().filter(id -> id.matches(LONG)).toList();
    boolean isCut =
        digits.size() >= FEWEST
            && digits.stream().allMatch(id -> id.substring(DIGITS_KEPT).matches("0+"));
    return isCut ? Optional.of(note(column, digits.get(0), digits.size())) : Optional.empty();
  }

  private static Note note(String column, String example, int count) {
    return Note.of(
        ("%s was damaged by a spreadsheet: %d ids such as %s have lost digits; posts get ids of"
                + " their own (format the column as text before saving to keep them)")
            .formatted(column, count, example));
  }
}
