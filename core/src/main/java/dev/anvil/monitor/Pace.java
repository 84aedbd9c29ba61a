package dev.anvil.monitor;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How long the periods are that are watched as one. */
public enum Pace {
  WEEK(52.18),
  MONTH(12);

  private final double perYear;

  Pace(double perYear) {
    this.perYear = perYear;
  }

  /** First day of the period that a day is in. */
  public LocalDate period(LocalDate day) {
    return switch (this) {
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  /** The day after the period that begins on a day. */
  LocalDate end(LocalDate first) {
    return switch (this) {
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
    };
  }

  /** Periods in a year. */
  public double perYear() {
    return perYear;
  }
}
