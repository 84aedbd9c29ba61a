package dev.anvil.report.section;

import dev.anvil.report.data.PictureLinks;
import dev.anvil.report.data.ReportData;
import java.util.function.Function;

/** Words that lead to the pictures behind them, where there are links. */
final class PictureLink {
  private PictureLink() {}

  /** Words about a level of a factor. */
  static Html ofLevel(ReportData data, String factor, String level, String words) {
    return of(data, links -> links.ofLevel(factor, level), words);
  }

  /** The words, as a link where there are links. */
  static Html of(ReportData data, Function<PictureLinks, String> address, String words) {
    return data.links()
        .map(links -> Html.of("<a href=\"{}\">{}</a>", address.apply(links), words))
        .orElseGet(() -> Html.text(words));
  }
}
