package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import java.util.List;

/**
 * A table that was written.
 *
 * @param table where it is
 * @param pictures that were asked for
 * @param rows of the table
 * @param problems number of pictures that are in the table of problems instead
 * @param first of the problems, up to ten
 */
public record TableOutcome(
    String table, long pictures, long rows, long problems, List<Problem> first) {
  public TableOutcome {
    requireNonNull(table, "table is null");
    first = List.copyOf(first);
  }
}
