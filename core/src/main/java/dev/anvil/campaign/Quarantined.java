package dev.anvil.campaign;

import java.util.List;

/**
 * A row that cannot be used.
 *
 * @param line where it begins in its file (for Parquet: which row it is), counted from 1
 * @param values as they are written, in the order of the file's columns
 * @param reasons all that is wrong with it, at least one
 */
public record Quarantined(long line, List<String> values, List<String> reasons) {
  public Quarantined {
    values = List.copyOf(values);
    reasons = List.copyOf(reasons);
  }
}
