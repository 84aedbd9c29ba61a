package dev.anvil.web.page;

import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import io.javalin.http.Context;

/**
 * Links to the pages of a long list, which keep everything else of the address.
 *
 * @param things that are listed, in the plural
 * @param parameter of the address that says how many are skipped
 * @param shown at once
 */
record Pager(String things, String parameter, int shown) {
  /** Nothing where all are shown. */
  Html html(Context ctx, int offset, int total) {
    if (offset == 0 && total <= shown) {
      return Html.NONE;
    }
    int last = Math.min(total, offset + shown);
    return Html.of(
        "<nav class=\"pager\" aria-label=\"Pages of {}\">{}<span>{} to {} of {}</span>{}</nav>",
        things,
        offset > 0 ? step(ctx, Math.max(0, offset - shown), "Previous") : Html.NONE,
        Words.count(Math.min(total, offset + 1)),
        Words.count(last),
        Words.count(total),
        last < total ? step(ctx, last, "Next") : Html.NONE);
  }

  private Html step(Context ctx, int offset, String words) {
    StringBuilder address =
        new StringBuilder(ctx.path()).append('?').append(parameter).append('=').append(offset);
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (!name.equals(parameter)) {
                values.forEach(
                    value ->
                        address
                            .append('&')
                            .append(Links.encoded(name))
                            .append('=')
                            .append(Links.encoded(value)));
              }
            });
    return Html.of("<a class=\"button\" href=\"{}\">{}</a>", address, words);
  }
}
