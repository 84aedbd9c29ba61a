package dev.anvil.web.api;

import dev.anvil.RunContext;
import dev.anvil.engine.outcome.ImportSummary;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.service.campaign.Imports;
import dev.anvil.image.PictureReader;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.web.api.Uploads.Upload;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.util.List;

/** Files that are sent, and how they would be read. */
public final class UploadsApi {
  private static final int WIDTH = 320;
  private static final float QUALITY = .85f;

  private final Workbench bench;

  private UploadsApi(Workbench bench) {
    this.bench = bench;
  }

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    UploadsApi api = new UploadsApi(bench);
    return List.of(
        Route.post(
            "/api/uploads",
            "Begin an upload: a folder for the files of an import or a prediction.",
            new Answer(201, "application/json", Upload.class),
            api::begin),
        Route.get("/api/upload", "List an upload.", Answer.json(Upload.class), api::show)
            .needs("id", String.class, "of the upload"),
        Route.post(
                "/api/upload",
                "Add a file, whose bytes are the body. It has to be a table or a picture.",
                Answer.json(Void.class),
                api::add)
            .by(HandlerType.PUT)
            .needs("id", String.class, "of the upload")
            .needs("name", String.class, "of the file, with slashes between folders"),
        Route.get(
                "/api/upload/picture",
                "A picture of an upload as a small JPEG.",
                Answer.of("image/jpeg"),
                api::picture)
            .needs("id", String.class, "of the upload")
            .needs("name", String.class, "of the file"),
        Route.post("/api/upload", "Forget an upload.", Answer.json(Void.class), api::delete)
            .by(HandlerType.DELETE)
            .needs("id", String.class, "of the upload"),
        Route.post(
                "/api/preview",
                "Say how an import would read a table; nothing is kept.",
                Answer.json(ImportSummary.class),
                api::preview)
            .taking(ImportRequest.class));
  }

  private void begin(Context ctx) {
    ctx.status(201);
    Json.write(ctx, bench.uploads().begin());
  }

  private void show(Context ctx) {
    Json.write(ctx, bench.uploads().find(Query.text(ctx, "id")));
  }

  private void add(Context ctx) {
    bench.uploads().add(Query.text(ctx, "id"), Query.text(ctx, "name"), ctx.bodyInputStream());
    Json.write(ctx, null);
  }

  private void picture(Context ctx) {
    Path file = bench.uploads().file(Query.text(ctx, "id"), Query.text(ctx, "name"));
    ctx.contentType("image/jpeg")
        .result(Thumbnail.jpeg(PictureReader.DEFAULT.read(file), WIDTH, QUALITY));
  }

  private void delete(Context ctx) {
    bench.uploads().delete(Query.text(ctx, "id"));
    Json.write(ctx, null);
  }

  private void preview(Context ctx) {
    ImportRequest request =
        (ImportRequest) JobsApi.read(bench, ImportRequest.class, ImportRequest.JOB, ctx);
    Json.write(ctx, Imports.preview(request, RunContext.NONE));
  }
}
