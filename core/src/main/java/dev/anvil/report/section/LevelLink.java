package dev.anvil.report.section;

import dev.anvil.report.data.ReportData;

/** Words that lead to the pictures behind them, where there are links. */
final class LevelLink {
  private LevelLink() {}

  /** Words about a level of a factor. */
  static Html of(ReportData data, String factor, String level, String words) {
    return data.links()
        .map(links -> Html.of("<a href=\"{}\">{}</a>", links.ofLevel(factor, level), words))
        .orElseGet(() -> Html.text(words));
  }
}
