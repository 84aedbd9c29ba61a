package dev.anvil.web.page;

import dev.anvil.report.section.Html;
import dev.anvil.report.section.Words;
import dev.anvil.web.api.CampaignsApi;
import dev.anvil.web.api.CampaignsApi.CampaignView;
import dev.anvil.web.api.CampaignsApi.FittedView;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** The campaigns of the workspace, and a place to drop another. */
public final class HomePage {
  private final Workbench bench;

  private HomePage(Workbench bench) {
    this.bench = bench;
  }

  /** Its route. */
  public static List<Route> routes(Workbench bench) {
    return List.of(Route.get("/", "The start.", Answer.of("text/html"), new HomePage(bench)::show));
  }

  private void show(Context ctx) {
    List<CampaignView> campaigns = CampaignsApi.campaigns(bench);
    List<FittedView> models = CampaignsApi.models(bench);
    ctx.html(
        Layout.page(
            "Campaigns",
            List.of(),
            Html.of(
                """
                <h1>{}</h1>
                {}
                <section aria-labelledby="import-title">
                <h2 id="import-title">Import posts</h2>
                <div class="drop" id="drop">
                <p>Drop a table of posts (CSV, XLSX, JSON lines, Parquet) together with the folder of its pictures.</p>
                <div class="row">
                <button type="button" class="main" data-input="files">Choose files</button>
                <button type="button" data-input="folder">Choose a folder</button>
                </div>
                <input class="hidden" id="files" type="file" multiple tabindex="-1" aria-label="Files of posts and pictures">
                <input class="hidden" id="folder" type="file" webkitdirectory tabindex="-1" aria-label="Folder of posts and pictures">
                </div>
                <form class="row" id="by-path"><label>Or a table on this machine, by its path
                <input id="path" size="44" placeholder="/home/me/posts.csv" required></label>
                <button>Read it</button></form>
                <div id="import-state"></div>
                <div id="import-preview"></div>
                </section>
                """,
                campaigns.isEmpty() ? "Begin with a campaign" : "Campaigns",
                campaigns.isEmpty()
                    ? Html.of(
                        "<p class=\"lede\">Anvil shows which elements of your pictures drive performance. It needs a"
                            + " table of posts with likes or clicks, and their pictures. Nothing leaves this"
                            + " machine.</p>")
                    : cards(campaigns, models)),
            "import"));
  }

  private static Html cards(List<CampaignView> campaigns, List<FittedView> models) {
    return Html.of(
        "<ul class=\"cards\">{}</ul>",
        Html.join(campaigns.stream().map(campaign -> card(campaign, models)).toList()));
  }

  private static Html card(CampaignView campaign, List<FittedView> models) {
    Optional<FittedView> model =
        models.stream().filter(m -> m.campaign().equals(campaign.name())).findFirst();
    return Html.of(
        """
        <li class="card"><h2><a href="{}">{}</a></h2><p>{}{}</p><p>{}</p></li>""",
        Links.campaign(campaign.name(), model.map(FittedView::model)),
        campaign.name(),
        Words.count(campaign.facets().posts(), "post"),
        Pages.period(campaign.facets()),
        model
            .map(m -> "Newest model: run %d, %s, %s".formatted(m.model(), m.metric(), m.encoder()))
            .orElse("No model is fitted yet."));
  }
}
