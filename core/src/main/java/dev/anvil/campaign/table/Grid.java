package dev.anvil.campaign.table;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows of cells among which the header is to be found: below a preamble, perhaps repeated further
 * down.
 *
 * @param file its name, for messages
 * @param unit what rows are counted in
 * @param rows all that are not empty, as long as they are written
 * @param asked names that the caller expects in the header
 */
record Grid(
    String file, String unit, List<RawRow> rows, Optional<Character> delimiter, Set<String> asked) {
  private static final int SEARCHED = 40;
  private static final int LEAST_KNOWN = 2;

  /** So many rows that are wrong alike have one cause. */
  private static final int SEVERAL = 3;

  Grid {
    rows = rows.stream().filter(row -> !row.isBlank()).toList();
    asked = asked.stream().map(Names::plain).collect(Collectors.toSet());
  }

  RawTable table(List<String> notes) {
    if (rows.isEmpty()) {
      throw new InvalidInputException(file, "is empty; expected a header and one line per post");
    }
    List<String> said = new ArrayList<>(notes);
    int at = header();
    requireNames(rows.get(at));
    List<String> header = header(rows.get(at), rows.subList(at + 1, rows.size()));
    requireDistinct(header);
    if (at > 0) {
      said.add(
          "the header is in %s %d; the %d above it %s no post"
              .formatted(unit, rows.get(at).line(), at, at == 1 ? "is" : "are"));
    }
    List<Integer> kept = named(header, said);
    List<RawRow> below = new ArrayList<>();
    int repeated = 0;
    for (RawRow row : rows.subList(at + 1, rows.size())) {
      if (trimmed(row.values()).equals(trimmed(header))) {
        repeated++;
      } else {
        below.add(new RawRow(row.line(), cells(row, header.size(), kept)));
      }
    }
    if (repeated > 0) {
      said.add(
          "the header is repeated %s; these rows are no posts"
              .formatted(repeated == 1 ? "once" : repeated + " times"));
    }
    requireWidth(header, below, kept);
    return new RawTable(
        file,
        unit,
        kept.stream().map(header::get).toList(),
        below,
        said,
        rows.subList(0, at).stream().flatMap(row -> row.values().stream()).toList(),
        delimiter);
  }

  /** A row of numbers and dates without any name that is known is a post. */
  private void requireNames(RawRow header) {
    if (header.values().stream().noneMatch(this::isKnown)) {
      header.values().stream()
          .map(String::strip)
          .filter(Grid::isValue)
          .findFirst()
          .ifPresent(
              value -> {
                throw new InvalidInputException(
                    "%s %s %d".formatted(file, unit, header.line()),
                    "holds \"%s\" where the names of the columns are expected; put a line such as picture,date,likes above the posts"
                        .formatted(value));
              });
    }
  }

  /** Names, and blank ones at the end where rows have values there. */
  private static List<String> header(RawRow row, List<RawRow> below) {
    int named = trimmed(row.values()).size();
    int filled = below.stream().mapToInt(Grid::width).max().orElse(0);
    int width = Math.min(row.values().size(), Math.max(named, filled));
    return row.values().subList(0, width).stream().map(Grid::name).toList();
  }

  /** One cause for all rows is not a fault of each. */
  private void requireWidth(List<String> header, List<RawRow> below, List<Integer> kept) {
    List<Integer> widths =
        below.stream().map(row -> row.values().size()).distinct().limit(2).toList();
    if (below.size() >= SEVERAL && widths.size() == 1 && widths.get(0) != kept.size()) {
      throw new InvalidInputException(
          file,
          "has %d values in every %s from %s %d on; expected %d, as in the header. A number such as 1,234 or a text with the delimiter needs quotation marks"
              .formatted(widths.get(0), unit, unit, below.get(0).line(), header.size()));
    }
  }

  /** Blank cells beyond the header's are left out; a row with other numbers of cells is kept so. */
  private static List<String> cells(RawRow row, int width, List<Integer> kept) {
    List<String> values = row.values();
    int last = values.size();
    while (last > width && values.get(last - 1).isBlank()) {
      last--;
    }
    List<String> cells = values.subList(0, last);
    return cells.size() == width ? kept.stream().map(cells::get).toList() : cells;
  }

  private static List<String> trimmed(List<String> values) {
    int last = values.size();
    while (last > 0 && values.get(last - 1).isBlank()) {
      last--;
    }
    return values.subList(0, last).stream().map(Grid::name).toList();
  }

  /** Names over several lines in a cell become one. */
  private static String name(String cell) {
    return cell.replace("\ufeff", "").replaceAll("\\s+", " ").strip();
  }

  /**
   * The row among the first that has most names that are known, at least two, less its numbers and
   * dates, as posts say "photo" and "day" too; else the first that is as wide as most rows are.
   */
  private int header() {
    int searched = Math.min(SEARCHED, rows.size());
    int best = -1;
    long most = LEAST_KNOWN - 1;
    for (int i = 0; i < searched; i++) {
      List<String> cells = rows.get(i).values();
      long known =
          cells.stream().filter(this::isKnown).count()
              - cells.stream().map(String::strip).filter(Grid::isValue).count();
      if (known > most) {
        most = known;
        best = i;
      }
    }
    return best >= 0 ? best : firstOfUsualWidth();
  }

  private boolean isKnown(String cell) {
    return !cell.isBlank()
        && cell.length() < 100
        && (asked.contains(Names.plain(cell)) || Headers.KNOWN.knows(name(cell)));
  }

  private static boolean isValue(String cell) {
    return NumberText.of(cell).isPresent() || DateColumn.looksLikeDate(cell);
  }

  private int firstOfUsualWidth() {
    Map<Integer, Long> widths =
        rows.stream()
            .map(Grid::width)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int usual = widths.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    for (int i = 0; i < rows.size(); i++) {
      if (width(rows.get(i)) >= usual) {
        return i;
      }
    }
    return 0;
  }

  private static int width(RawRow row) {
    return trimmed(row.values()).size();
  }

  private void requireDistinct(List<String> header) {
    Set<String> seen = new HashSet<>();
    List<Problem> problems =
        header.stream()
            .filter(name -> !name.isEmpty() && !seen.add(name))
            .distinct()
            .map(
                name ->
                    new Problem(
                        file,
                        "column \"%s\" is there more than once; expected each name once, rename or delete one"
                            .formatted(name)))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static List<Integer> named(List<String> header, List<String> notes) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).isEmpty()) {
        notes.add("column %d has no name and is not used".formatted(i + 1));
      } else {
        kept.add(i);
      }
    }
    return kept;
  }
}
