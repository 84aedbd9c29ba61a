package dev.anvil.web.page;

import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import java.util.Optional;

/** A post in a gallery: its picture, what it got, and how far that is from what was expected. */
final class PostTile {
  private PostTile() {}

  /** An item of a gallery's list; it leads to the picture's page where a model is known. */
  static Html of(String campaign, Optional<Long> model, Row row, String metric) {
    Html inner =
        Html.of(
            "<img src=\"{}\" alt=\"{}\" loading=\"lazy\" width=\"320\""
                + " height=\"240\"><b>{}</b>{}<span>{}</span>",
            Links.picture(campaign, model, row.id(), 320),
            row.elements().isEmpty() ? row.id() : String.join(", ", row.elements()),
            Optional.ofNullable(row.metrics().get(metric))
                .map(value -> Pages.amount(value) + " " + metric)
                .orElse("not measured"),
            row.residual().map(PostTile::residual).orElse(Html.NONE),
            row.id()
                + row.time().map(time -> " \u00b7 " + Words.date(time.toLocalDate())).orElse(""));
    return model.isPresent()
        ? Html.of("<li><a href=\"{}\">{}</a></li>", Links.creative(model.get(), row.id()), inner)
        : Html.of("<li><div class=\"tile\">{}</div></li>", inner);
  }

  private static Html residual(double share) {
    return Html.of(
        "<span class=\"{}\">{} {} expected</span>",
        share > 0 ? "up" : "down",
        Words.percent(Math.abs(share)),
        share > 0 ? "above" : "below");
  }
}
