package dev.anvil.report;

import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Resources;

/**
 * One HTML file that opens without a network: style, chart runtime and data are inside. Equal parts
 * give equal bytes.
 */
public final class HtmlPage {
  private HtmlPage() {}

  /**
   * The page as text.
   *
   * @param title shown by the browser
   * @param body with {@link Chart charts} where they shall be drawn
   */
  public static String of(String title, Html body) {
    return Html.of(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{}</title>
            <link rel="icon" href="data:,">
            <style>{}</style>
            </head>
            <body>
            {}
            <script type="application/json" id="chart-config">{}</script>
            <script>{}</script>
            <script>{}</script>
            <script>{}</script>
            </body>
            </html>
            """,
            title,
            Html.raw(Resources.text("report.css")),
            body,
            Html.raw(Chart.forScript(Resources.text("charts/config.json"))),
            library("vega"),
            library("vega-lite"),
            script("report.js"))
        .toString();
  }

  /** The line below every page: who made it, such as {@code Anvil 1.0}, and with what. */
  public static Html footer(String maker) {
    return Html.of(
        "<footer>Made by {}. Charts drawn with Vega and Vega-Lite, whose licences are"
            + " inside.</footer>",
        maker);
  }

  /** A library with its licence, which has to travel with it. */
  private static Html library(String name) {
    return Html.of(
        "/* {} */\n{}",
        script("runtime/" + name + "/LICENSE"),
        script("runtime/" + name + "/" + name + ".min.js"));
  }

  /** A script that cannot end the element that it stands in. */
  private static Html script(String resource) {
    return Html.raw(Resources.text(resource).replaceAll("(?i)</(script)", "<\\\\/$1"));
  }
}
