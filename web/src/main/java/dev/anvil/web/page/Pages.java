package dev.anvil.web.page;

import dev.anvil.NotFoundException;
import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.engine.service.view.GalleryQuery;
import dev.anvil.engine.service.view.GalleryQuery.Filter;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Resources;
import dev.anvil.report.section.Words;
import dev.anvil.web.api.CampaignsApi;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Workbench;
import java.util.Locale;
import java.util.Optional;

/** Pieces that several pages have. */
final class Pages {
  private Pages() {}

  /** From when to when posts are, after a comma; nothing where they have no dates. */
  static String period(Facets facets) {
    return facets
        .first()
        .flatMap(
            first ->
                facets
                    .last()
                    .map(
                        last ->
                            ", %s to %s"
                                .formatted(
                                    Words.date(first.toLocalDate()),
                                    Words.date(last.toLocalDate()))))
        .orElse("");
  }

  /** A metric as people write it. */
  static String amount(double value) {
    double size = Math.abs(value);
    boolean isWhole = value == Math.rint(value);
    return String.format(
        Locale.ROOT, size >= 100 || isWhole ? "%,.0f" : size >= 1 ? "%.1f" : "%.2g", value);
  }

  /** What a page with charts needs besides them. */
  static Html charts() {
    return Html.of(
        """
        <script type="application/json" id="chart-config">{}</script>
        <script src="/assets/vega.js"></script>
        <script src="/assets/vega-lite.js"></script>
        <script type="module" src="/assets/charts.js"></script>
        """,
        Html.raw(Chart.forScript(Resources.text("charts/config.json"))));
  }

  /**
   * A fitted model.
   *
   * @throws NotFoundException when there is none of that run
   */
  static FittedView model(Workbench bench, long model) {
    return CampaignsApi.models(bench).stream()
        .filter(m -> m.model() == model)
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("run " + model, "is no finished fit of this workspace"));
  }

  /** What the posts that a model learned from differ in. */
  static Facets facets(Workbench bench, FittedView model) {
    return bench
        .anvil()
        .gallery()
        .page(
            new GalleryQuery(
                model.campaign(), Optional.of(model.model()), "id", false, Filter.NONE, 0, 1))
        .facets();
  }

  /** An option of a choice. */
  static Html option(String value, String words, boolean chosen) {
    return Html.of(
        "<option value=\"{}\"{}>{}</option>",
        value,
        chosen ? Html.raw(" selected") : Html.NONE,
        words);
  }
}
