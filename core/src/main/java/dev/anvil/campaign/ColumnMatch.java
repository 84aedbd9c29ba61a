package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.header.Names;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds columns by the names that people type: case, accents, spaces and marks do not count. */
public final class ColumnMatch {
  private ColumnMatch() {}

  /** The column that is meant; the one written exactly so where there are several. */
  public static Optional<String> find(String asked, Collection<String> columns) {
    if (columns.contains(asked)) {
      return Optional.of(asked);
    }
    String wanted = Names.plain(asked);
    return wanted.isEmpty()
        ? Optional.empty()
        : columns.stream()
            .filter(column -> Names.plain(column).equals(wanted))
            .sorted()
            .findFirst();
  }

  /**
   * The column that is meant.
   *
   * @param where what the error is about, such as an option
   * @throws InvalidInputException when there is none, with the columns there are
   */
  public static String require(String where, String asked, Collection<String> columns) {
    return find(asked, columns)
        .orElseThrow(
            () -> {
              List<String> known = columns.stream().sorted().toList();
              return new InvalidInputException(
                  where,
                  known.isEmpty()
                      ? "found \"%s\"; the posts have no such column and no other to offer"
                          .formatted(asked)
                      : "found \"%s\"; expected one of %s".formatted(asked, known));
            });
  }
}
