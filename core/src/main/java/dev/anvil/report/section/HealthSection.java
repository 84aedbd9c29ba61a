package dev.anvil.report.section;

import dev.anvil.report.data.DataHealth;
import dev.anvil.report.data.PictureLinks;
import dev.anvil.report.data.PostResult;
import dev.anvil.report.data.ReportData;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was read and what was wrong with it. */
public final class HealthSection implements Section {
  private static final int SHOWN = 10;

  @Override
  public String id() {
    return "data";
  }

  @Override
  public String title() {
    return "Data";
  }

  @Override
  public Html of(ReportData data) {
    boolean measured = data.posts().stream().anyMatch(post -> post.metric().isPresent());
    if (data.health().isEmpty() && !measured) {
      return Html.NONE;
    }
    return Html.of(
        """
        <section id="data"><h2>The data</h2>
        {}{}{}</section>""",
        data.health().map(health -> numbers(data, health)).orElse(Html.NONE),
        measured && dated(data) ? timeline(data) : Html.NONE,
        data.health().map(health -> details(data, health)).orElse(Html.NONE));
  }

  private static Html numbers(ReportData data, DataHealth health) {
    long fitted = data.posts().stream().filter(PostResult::fitted).count();
    return Html.of(
        """
        <dl class="numbers">
        <div><dt>rows read</dt><dd>{}</dd></div>
        <div><dt>quarantined</dt><dd>{}</dd></div>
        <div><dt>posts</dt><dd>{}</dd></div>
        <div><dt>of them fitted</dt><dd>{}</dd></div>
        <div><dt>reposts of a creative</dt><dd>{}</dd></div>
        </dl>""",
        Words.count(health.rows()),
        Words.count(health.quarantined()),
        PictureLink.of(data, PictureLinks::posts, Words.count(data.posts().size())),
        Words.count((int) fitted),
        Words.count(health.reposts()));
  }

  private static boolean dated(ReportData data) {
    return data.posts().stream().anyMatch(post -> post.time().isPresent());
  }

  private static Html timeline(ReportData data) {
    Optional<LocalDate> cut = data.health().flatMap(DataHealth::cut);
    List<Html> keys = new ArrayList<>();
    keys.add(VerdictStyle.key("dot", VerdictStyle.BLUE, "post"));
    if (data.posts().stream().anyMatch(post -> !post.fitted())) {
      keys.add(VerdictStyle.key("dot", VerdictStyle.PALE, "post not used for fitting"));
    }
    keys.add(VerdictStyle.key("line", "#0b5c8a", "mean of the previous twelve months"));
    return Html.of(
        """
        <figure class="wide"><h3>{} over time</h3>{}<figcaption>{}</figcaption></figure>""",
        Words.capital(data.heading().metric()),
        ModelCharts.timeline("timeline", data, cut).html(),
        Html.join(keys));
  }

  private static Html details(ReportData data, DataHealth health) {
    return Html.of(
        "<div class=\"columns\">{}{}</div>{}",
        elements(data, health),
        missing(health.missing()),
        problems(health));
  }

  private static Html elements(ReportData data, DataHealth health) {
    if (health.elements().isEmpty()) {
      return Html.NONE;
    }
    List<Html> rows = new ArrayList<>();
    health
        .elements()
        .forEach(
            (element, share) ->
                rows.add(
                    Html.of(
                        """
                    <li><span>{}</span><i style="--share:{}"></i><b>{}</b></li>""",
                        PictureLink.of(data, links -> links.ofElement(element), element),
                        share,
                        Words.percent(share))));
    return Html.of(
        "<div><h3>Elements found in the pictures</h3><ul class=\"bars\">{}</ul>{}</div>",
        Html.join(rows),
        health
            .subject()
            .map(
                subject ->
                    Html.of(
                        "<p class=\"note\">The model encodes the whole picture and its main element,"
                            + " the {}.</p>",
                        subject))
            .orElse(Html.NONE));
  }

  private static Html missing(Map<String, Integer> missing) {
    if (missing.isEmpty()) {
      return Html.NONE;
    }
    Table table = new Table("Missing values", "Column", "#Posts without a value");
    missing.forEach((column, count) -> table.row(column, Words.count(count)));
    return Html.of("<div><h3>Missing values</h3>{}</div>", table.html());
  }

  private static Html problems(DataHealth health) {
    if (health.problems().isEmpty()) {
      return Html.NONE;
    }
    List<Html> rows =
        health.problems().stream()
            .limit(SHOWN)
            .map(problem -> Html.of("<li><b>{}</b> {}</li>", problem.where(), problem.message()))
            .toList();
    int more = health.problems().size() - rows.size();
    return Html.of(
        "<h3>Quarantined rows</h3><ul class=\"problems\">{}</ul>{}",
        Html.join(rows),
        more > 0 ? Html.of("<p class=\"note\">and {} more.</p>", Words.count(more)) : Html.NONE);
  }
}
