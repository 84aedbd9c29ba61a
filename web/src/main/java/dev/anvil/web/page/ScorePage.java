package dev.anvil.web.page;

import dev.anvil.report.section.Html;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Query;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.List;

/** New pictures, ranked. */
public final class ScorePage {
  private static final int MOST_COLUMNS = 4;

  private final Workbench bench;

  private ScorePage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(
        Route.get(
            "/score", "New pictures, ranked.", Answer.of("text/html"), new ScorePage(bench)::show));
  }

  private void show(Context ctx) {
    FittedView model = Pages.model(bench, Query.number(ctx, "model"));
    ctx.html(
        Layout.page(
            "Score",
            Links.ofModel(model.campaign(), model.model()),
            Html.of(
                """
                <div id="score" data-model="{}" data-own="{}">
                <h1>Score new pictures</h1>
                <p class="lede">How will they do, as posts of {}? Each is ranked by the {} that the model expects, with an interval.</p>
                {}
                <div class="drop" id="drop"><p>Drop pictures here.</p>
                <button type="button" class="main" data-input="files">Choose pictures</button>
                <input class="hidden" id="files" type="file" accept="image/*" multiple tabindex="-1" aria-label="Pictures to score"></div>
                <div id="score-state"></div>
                <div id="ranking"></div>
                </div>
                """,
                model.model(),
                bench.own(),
                model.campaign(),
                model.metric(),
                posted(model)),
            "score"));
  }

  /** What else is known of posts; left open, the model takes an average one. */
  private Html posted(FittedView model) {
    List<Html> choices =
        Pages.facets(bench, model).columns().entrySet().stream()
            .filter(column -> column.getValue().size() > 1)
            .limit(MOST_COLUMNS)
            .map(
                column ->
                    Html.of(
                        "<label>{}<select data-column=\"{}\"><option value=\"\">an average post</option>{}</select></label>",
                        column.getKey(),
                        column.getKey(),
                        Html.join(
                            column.getValue().stream()
                                .map(value -> Pages.option(value, value, false))
                                .toList())))
            .toList();
    return choices.isEmpty()
        ? Html.NONE
        : Html.of("<div class=\"row\">{}</div>", Html.join(choices));
  }
}
