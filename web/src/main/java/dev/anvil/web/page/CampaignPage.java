package dev.anvil.web.page;

import dev.anvil.engine.service.view.GalleryPage;
import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.engine.service.view.GalleryQuery;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import dev.anvil.web.api.CampaignsApi;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.List;

/** A campaign: its posts over time and as a gallery, and its models. */
public final class CampaignPage {
  private static final int SHOWN = 60;
  private static final Pager PAGER = new Pager("posts", "offset", SHOWN);

  private final Workbench bench;

  private CampaignPage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get(
            "/campaign", "A campaign.", Answer.of("text/html"), new CampaignPage(bench)::show));
  }

  private void show(Context ctx) {
    GalleryQuery query = CampaignsApi.query(ctx, SHOWN);
    GalleryPage page = bench.anvil().gallery().page(query);
    List<FittedView> models =
        CampaignsApi.models(bench).stream()
            .filter(m -> m.campaign().equals(query.campaign()))
            .toList();
    String metric = metric(query, page.facets(), models);
    ctx.html(
        Layout.page(
            query.campaign(),
            query.model().map(run -> Links.ofModel(query.campaign(), run)).orElse(List.of()),
            Html.of(
                """
                <h1>{}</h1>
                <p class="lede">{}{}.</p>
                {}
                {}
                <section aria-labelledby="posts"><h2 id="posts">{}</h2>{}{}{}</section>
                {}
                """,
                query.campaign(),
                Words.count(page.facets().posts(), "post"),
                Pages.period(page.facets()),
                models(query, models, page.facets()),
                Timeline.of(
                    bench.anvil().gallery().rows(query.campaign(), query.model()),
                    metric,
                    query.model().flatMap(bench.anvil()::learnedSince)),
                Words.count(page.total(), "post"),
                new GalleryForm(query, page.facets()).html(),
                gallery(query, page.rows(), metric),
                PAGER.html(ctx, query.offset(), page.total()),
                Pages.charts()),
            "campaign"));
  }

  private static String metric(GalleryQuery query, Facets facets, List<FittedView> models) {
    return query
        .model()
        .flatMap(run -> models.stream().filter(m -> m.model() == run).findFirst())
        .map(FittedView::metric)
        .filter(facets.metrics()::contains)
        .orElse(facets.metrics().contains(query.sort()) ? query.sort() : facets.metrics().get(0));
  }

  private static Html models(GalleryQuery query, List<FittedView> models, Facets facets) {
    Html choice =
        models.isEmpty()
            ? Html.NONE
            : Html.of(
                """
                <label>Model<select id="model">{}{}</select></label>
                <a class="button main" href="/study?model={}">Study what drives {}</a>
                <a class="button" href="/score?model={}">Score new pictures</a>\
                """,
                query.model().isEmpty() ? Pages.option("", "none", true) : Html.NONE,
                Html.join(
                    models.stream()
                        .map(
                            m ->
                                Pages.option(
                                    Long.toString(m.model()),
                                    "run %d: %s, %s".formatted(m.model(), m.metric(), m.encoder()),
                                    query.model().filter(run -> run == m.model()).isPresent()))
                        .toList()),
                query.model().orElse(models.get(0).model()),
                models.get(0).metric(),
                query.model().orElse(models.get(0).model()));
    return Html.of(
        """
        <div class="row">{}
        <label>Metric<select id="metric">{}</select></label>
        <button type="button" id="fit" data-campaign="{}"{}>Fit a model</button></div>
        <div id="fit-state"></div>\
        """,
        choice,
        Html.join(facets.metrics().stream().map(m -> Pages.option(m, m, false)).toList()),
        query.campaign(),
        models.isEmpty() ? Html.raw(" class=\"main\"") : Html.NONE);
  }

  private static Html gallery(GalleryQuery query, List<Row> rows, String metric) {
    if (rows.isEmpty()) {
      return Html.of("<p>No post is like that. Loosen the filter above.</p>");
    }
    return Html.of(
        "<ul class=\"gallery\">{}</ul>",
        Html.join(
            rows.stream()
                .map(row -> PostTile.of(query.campaign(), query.model(), row, metric))
                .toList()));
  }
}
