package dev.anvil.web.page;

import dev.anvil.Problem;
import dev.anvil.report.section.Html;
import java.util.ArrayList;
import java.util.List;

/** What all pages have in common. */
public final class Layout {
  private Layout() {}

  /**
   * A page.
   *
   * @param title of the page, also shown by the browser
   * @param links where one can go from here besides the start
   * @param scripts modules of the studio that it needs, without their ending
   */
  public static String page(String title, List<Link> links, Html main, String... scripts) {
    List<Html> loaded = new ArrayList<>();
    for (String script : scripts) {
      loaded.add(Html.of("<script type=\"module\" src=\"/assets/{}.js\"></script>", script));
    }
    return Html.of(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{} · Anvil</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/assets/report.css">
            <link rel="stylesheet" href="/assets/studio.css">
            {}
            </head>
            <body class="studio">
            <a class="skip" href="#main">Skip to the content</a>
            <div class="bar" role="banner"><a class="mark" href="/">Anvil</a>
            <nav aria-label="Studio">{}</nav></div>
            <main id="main" tabindex="-1">
            {}
            </main>
            </body>
            </html>
            """,
            title,
            Html.join(loaded),
            Html.join(nav(title, links)),
            main)
        .toString();
  }

  /** A place to go to. */
  public record Link(String name, String href) {}

  private static List<Html> nav(String title, List<Link> links) {
    List<Link> all = new ArrayList<>();
    all.add(new Link("Campaigns", "/"));
    all.addAll(links);
    all.add(new Link("Runs", "/runs"));
    return all.stream()
        .map(
            link ->
                Html.of(
                    "<a href=\"{}\"{}>{}</a>",
                    link.href(),
                    link.name().equals(title) ? Html.raw(" aria-current=\"page\"") : Html.NONE,
                    link.name()))
        .toList();
  }

  /** A page that says what went wrong. */
  public static String error(int status, List<Problem> problems) {
    return page(
        "Error " + status,
        List.of(),
        Html.of(
            "<h1>That did not work</h1><ul class=\"problems\">{}</ul>",
            Html.join(
                problems.stream()
                    .map(p -> Html.of("<li><b>{}</b> {}</li>", p.where(), p.message()))
                    .toList())));
  }
}
