package dev.anvil.web;

import dev.anvil.web.api.CampaignsApi;
import dev.anvil.web.api.JobsApi;
import dev.anvil.web.api.Json;
import dev.anvil.web.api.PicturesApi;
import dev.anvil.web.api.RunsApi;
import dev.anvil.web.api.StudiesApi;
import dev.anvil.web.api.UploadsApi;
import dev.anvil.web.api.Workbench;
import dev.anvil.web.page.Assets;
import dev.anvil.web.page.CampaignPage;
import dev.anvil.web.page.ComparePage;
import dev.anvil.web.page.CreativePage;
import dev.anvil.web.page.HomePage;
import dev.anvil.web.page.LevelPage;
import dev.anvil.web.page.MonitoringPage;
import dev.anvil.web.page.RunsPage;
import dev.anvil.web.page.ScorePage;
import dev.anvil.web.page.StudyPage;
import dev.anvil.web.page.StudyRunPage;
import dev.anvil.web.route.OpenApi;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import java.util.ArrayList;
import java.util.List;

/** The one table of all that a studio answers. */
final class Routes {
  private Routes() {}

  static List<Route> of(Workbench bench) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(JobsApi.routes(bench));
    routes.addAll(RunsApi.routes(bench));
    routes.addAll(UploadsApi.routes(bench));
    routes.addAll(CampaignsApi.routes(bench));
    routes.addAll(PicturesApi.routes(bench));
    routes.addAll(StudiesApi.routes(bench));
    routes.addAll(Assets.routes());
    routes.addAll(HomePage.routes(bench));
    routes.addAll(CampaignPage.routes(bench));
    routes.addAll(CreativePage.routes(bench));
    routes.addAll(StudyPage.routes(bench));
    routes.addAll(StudyRunPage.routes(bench));
    routes.addAll(LevelPage.routes(bench));
    routes.addAll(ComparePage.routes(bench));
    routes.addAll(ScorePage.routes(bench));
    routes.addAll(MonitoringPage.routes(bench));
    routes.addAll(RunsPage.routes(bench));
    routes.add(
        Route.get(
            "/api/openapi.json",
            "Describe this API (OpenAPI 3.1).",
            Answer.json(Object.class),
            ctx -> Json.write(ctx, OpenApi.of(routes, version()))));
    return routes;
  }

  private static String version() {
    String version = Routes.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }
}
