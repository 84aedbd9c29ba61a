package dev.anvil.campaign.format;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.format.NumberText.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What the cells of a column say about how its numbers are written.
 *
 * @param point an example that shows a decimal point, or commas between groups
 * @param comma an example that shows the opposite
 * @param either an example that may mean two numbers, such as 12.345
 * @param points how many show the point
 * @param commas how many show the comma
 * @param grouped style in which the open ones are whole numbers grouped by thousands, if all open
 *     ones have the same mark
 * @param groupsLikely whether others of the column are whole numbers below 1000, and none above is
 *     without a mark
 * @param numbers how many cells are numbers
 * @param cells how many cells there are
 */
public record NumberColumn(
    Optional<String> point,
    Optional<String> comma,
    Optional<String> either,
    int points,
    int commas,
    Optional<NumberStyle> grouped,
    boolean groupsLikely,
    int numbers,
    int cells) {
  private static final int THOUSAND_DIGITS = 4;

  public NumberColumn {
    requireNonNull(point, "point is null");
    requireNonNull(comma, "comma is null");
    requireNonNull(either, "either is null");
    requireNonNull(grouped, "grouped is null");
  }

  /** Looks at all known cells of a column. */
  public static NumberColumn of(List<String> cells) {
    Tally tally = new Tally();
    cells.forEach(tally::add);
    return tally.column(cells.size());
  }

  /** The style that the column itself shows, if it shows one. */
  public Optional<NumberStyle> shown() {
    if (points > 0 && commas == 0) {
      return Optional.of(NumberStyle.POINT);
    }
    return commas > 0 && points == 0 ? Optional.of(NumberStyle.COMMA) : Optional.empty();
  }

  /** Whether some cells show one style and others the other. */
  public boolean isMixed() {
    return points > 0 && commas > 0;
  }

  /** Whether no cell can be read in two ways. */
  public boolean isClear() {
    return either.isEmpty() && !isMixed();
  }

  /** Whether at least half of the cells are numbers. */
  public boolean isNumeric() {
    return numbers > 0 && 2 * numbers >= cells;
  }

  private static final class Tally {
    private Optional<String> point = Optional.empty();
    private Optional<String> comma = Optional.empty();
    private Optional<String> either = Optional.empty();
    private int points;
    private int commas;
    private int eitherPoints;
    private int eitherCommas;
    private int round;
    private int small;
    private int large;
    private int numbers;

    void add(String cell) {
      NumberText number = NumberText.of(cell).orElse(null);
      if (number == null) {
        return;
      }
      numbers++;
      Evidence evidence = number.evidence();
      switch (evidence) {
        case POINT -> {
          points++;
          point = point.or(() -> Optional.of(cell));
        }
        case COMMA -> {
          commas++;
          comma = comma.or(() -> Optional.of(cell));
        }
        case EITHER -> {
          either = either.or(() -> Optional.of(cell));
          round += number.core().endsWith("000") ? 1 : 0;
          eitherPoints += number.core().indexOf('.') >= 0 ? 1 : 0;
          eitherCommas += number.core().indexOf(',') >= 0 ? 1 : 0;
        }
        case NONE -> {
          small += number.isBare() && number.core().length() < THOUSAND_DIGITS ? 1 : 0;
          large += number.isBare() && number.core().length() >= THOUSAND_DIGITS ? 1 : 0;
        }
      }
    }

    NumberColumn column(int cells) {
      int open = eitherPoints + eitherCommas;
      boolean oneMark = open > 0 && (eitherPoints == 0 || eitherCommas == 0);
      Optional<NumberStyle> grouped =
          oneMark
              ? Optional.of(eitherPoints > 0 ? NumberStyle.COMMA : NumberStyle.POINT)
              : Optional.empty();
      // 12.000, 935.000, 4.000: perhaps whole numbers that a program wrote with three decimals
      boolean allRound = round == open && small == 0 && open > 1;
      return new NumberColumn(
          point, comma, either, points, commas, grouped, large == 0 && !allRound, numbers, cells);
    }
  }
}
