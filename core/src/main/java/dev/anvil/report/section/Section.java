package dev.anvil.report.section;

import dev.anvil.report.data.ReportData;

/**
 * A part of the report, with a link to it at the head.
 *
 * <p>The sections that come with Anvil are listed in {@code HtmlReport}. Those of another jar are
 * found by {@link java.util.ServiceLoader}, and need a constructor without parameters.
 */
public interface Section {
  /** Names the section in links; {@link #of} gives an element with this id. */
  String id();

  /** What the link says, in a word or two. */
  String title();

  /** The section, {@link Html#NONE} where the data has nothing to show in it. */
  Html of(ReportData data);
}
