package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * What a report is about.
 *
 * @param campaign its name, as shown to people
 * @param metric what is measured, in the plural where it is counted: {@code likes}, {@code
 *     click-through rate}
 * @param rate whether the metric is a rate, so that it gets higher rather than more
 * @param date when the study was run
 * @param creatives source creatives that were edited
 * @param pictures variants and controls that were scored
 * @param smallestEffect smallest effect of interest, as a share of the metric: .05 is 5 %
 * @param simulated whether the metric comes from a simulated world whose true effects are known
 */
public record Heading(
    String campaign,
    String metric,
    boolean rate,
    LocalDate date,
    int creatives,
    int pictures,
    double smallestEffect,
    boolean simulated) {
  public Heading {
    requireNonNull(campaign, "campaign is null");
    requireNonNull(metric, "metric is null");
    requireNonNull(date, "date is null");
    Require.notNegative(creatives, "creatives");
    Require.notNegative(pictures, "pictures");
    Require.share(smallestEffect, "smallestEffect");
  }
}
