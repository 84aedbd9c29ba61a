package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.Mend;
import java.util.Optional;

/**
 * Why a row cannot be used. Rows that differ only in what was found have one cause.
 *
 * @param before what was found, for example {@code likes is}
 * @param found in this row
 * @param after it, for example {@code ; expected a whole number}
 * @param mend a field of the request that would mend all such rows
 */
record Complaint(String before, String found, String after, Optional<Mend> mend) {
  Complaint {
    requireNonNull(before, "before is null");
    requireNonNull(found, "found is null");
    requireNonNull(after, "after is null");
    requireNonNull(mend, "mend is null");
  }

  Complaint(String before, String found, String after) {
    this(before, found, after, Optional.empty());
  }

  /** A value that is not what is expected. */
  static Complaint of(String column, String value, String expected) {
    return new Complaint(column + " is ", "\"" + value + "\"", "; expected " + expected);
  }

  Complaint mendedBy(String field, String value) {
    return new Complaint(before, found, after, Optional.of(new Mend(field, value)));
  }

  String text() {
    return before + found + after;
  }

  /** What all rows with the same cause share. */
  String cause() {
    return before + "\n" + after;
  }
}
