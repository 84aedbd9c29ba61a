package dev.anvil.campaign.format;

/** What comes first in a date of numbers that ends with the year. */
public enum DateOrder {
  DAY_FIRST,
  MONTH_FIRST
}
