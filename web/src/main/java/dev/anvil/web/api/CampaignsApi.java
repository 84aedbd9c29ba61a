package dev.anvil.web.api;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.CampaignStore;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.service.view.GalleryPage;
import dev.anvil.engine.service.view.GalleryPage.Facets;
import dev.anvil.engine.service.view.GalleryQuery;
import dev.anvil.engine.service.view.GalleryQuery.Filter;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Campaigns, their posts and their models. */
public final class CampaignsApi {
  private static final int USUAL = 48;

  private final Workbench bench;

  private CampaignsApi(Workbench bench) {
    this.bench = bench;
  }

  /** A campaign of the workspace. */
  public record CampaignView(String name, Facets facets) {}

  /**
   * A fitted model.
   *
   * @param model run of its fit
   */
  public record FittedView(
      long model, String campaign, String metric, String encoder, Instant fitted) {}

  /** The campaigns of the workspace, the last imported first. */
  public record Campaigns(List<CampaignView> campaigns) {
    public Campaigns {
      campaigns = List.copyOf(campaigns);
    }
  }

  /** The models of the workspace, the newest first. */
  public record FittedModels(List<FittedView> models) {
    public FittedModels {
      models = List.copyOf(models);
    }
  }

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    CampaignsApi api = new CampaignsApi(bench);
    return List.of(
        Route.get(
            "/api/campaigns",
            "List campaigns, the last imported first.",
            Answer.json(Campaigns.class),
            ctx -> Json.write(ctx, new Campaigns(campaigns(bench)))),
        Route.get(
            "/api/models",
            "List fitted models, the newest first.",
            Answer.json(FittedModels.class),
            ctx -> Json.write(ctx, new FittedModels(models(bench)))),
        Route.get(
                "/api/posts",
                "List posts of a campaign, sorted and filtered.",
                Answer.json(GalleryPage.class),
                api::posts)
            .needs("campaign", String.class, "its name")
            .takes("model", Long.class, "run of a fit, for expectations and elements")
            .takes("sort", String.class, "date, id, expected, residual or a metric")
            .takes("descending", Boolean.class, "whether the largest come first")
            .takes("text", String.class, "in the id, the picture's name or any metadata")
            .takes("element", String.class, "label of an element that the picture shows")
            .takes("from", LocalDate.class, "day of the oldest")
            .takes("to", LocalDate.class, "day of the newest")
            .takes("column", String.class, "COLUMN=VALUE of metadata; may be repeated")
            .takes("offset", Long.class, "posts to skip")
            .takes("limit", Long.class, "posts to list, 1 to 500; 48 if left out"));
  }

  /** The campaigns, the last imported first. */
  public static List<CampaignView> campaigns(Workbench bench) {
    return new CampaignStore(bench.anvil().workspace())
        .names().stream()
            .map(
                name ->
                    new CampaignView(
                        name,
                        bench
                            .anvil()
                            .gallery()
                            .page(
                                new GalleryQuery(
                                    name, Optional.empty(), "id", false, Filter.NONE, 0, 1))
                            .facets()))
            .toList();
  }

  /** The models, the newest first. */
  public static List<FittedView> models(Workbench bench) {
    return bench.anvil().models().all().stream()
        .map(
            fit -> {
              FitRequest request = Models.request(fit);
              return new FittedView(
                  fit.id(),
                  request.campaign().orElseThrow(),
                  request.metric().orElseThrow(),
                  request.encoder().text(),
                  fit.times().ended().orElseThrow());
            })
        .toList();
  }

  private void posts(Context ctx) {
    Json.write(ctx, bench.anvil().gallery().page(query(ctx, USUAL)));
  }

  /** Which posts a request asks for. */
  public static GalleryQuery query(Context ctx, int usual) {
    Map<String, String> columns = new HashMap<>();
    for (String column : ctx.queryParams("column")) {
      int equals = column.indexOf('=');
      if (equals > 0) {
        columns.put(column.substring(0, equals), column.substring(equals + 1));
      } else if (!column.isEmpty()) { // a form sends an empty one for "any"
        throw new InvalidInputException(
            "column", "found \"%.80s\"; expected COLUMN=VALUE".formatted(column));
      }
    }
    return new GalleryQuery(
        Query.text(ctx, "campaign"),
        Query.findNumber(ctx, "model"),
        Query.find(ctx, "sort").orElse("date"),
        Query.flag(ctx, "descending", true),
        new Filter(
            Query.find(ctx, "text"),
            Query.find(ctx, "element"),
            Query.find(ctx, "from", LocalDate::parse),
            Query.find(ctx, "to", LocalDate::parse),
            columns),
        Query.number(ctx, "offset", 0, 0, Integer.MAX_VALUE),
        Query.number(ctx, "limit", usual, 1, 500));
  }
}
