package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.format.NumberStyle;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a table is written, where its own cells do not show it.
 *
 * @param numbers how all numbers are written
 * @param rates whether rates without a percent sign are percentages or shares
 * @param zone of the campaign; empty for this machine's
 * @param sheet of a workbook; empty for the first with data
 * @param minAge days that a post needs to have its likes; empty for the usual, 0 for none
 */
public record Formats(
    Optional<NumberStyle> numbers,
    Optional<RateUnit> rates,
    Optional<ZoneId> zone,
    Optional<String> sheet,
    Optional<Integer> minAge) {
  /** Everything is decided by the table. */
  public static final Formats SHOWN =
      new Formats(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What a rate of 0.5 without a percent sign is. */
  public enum RateUnit {
    /** Half a percent. */
    PERCENT,
    /** One half. */
    SHARE
  }

  public Formats {
    requireNonNull(numbers, "numbers is null");
    requireNonNull(rates, "rates is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(sheet, "sheet is null");
    requireNonNull(minAge, "minAge is null");
  }
}
