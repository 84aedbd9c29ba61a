package dev.anvil.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.NotFoundException;
import dev.anvil.report.section.Resources;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** Styles and scripts: the report's, the studio's own, and Vega. */
public final class Assets {
  private static final Set<String> OWN =
      Set.of(
          "studio.css",
          "studio.js",
          "charts.js",
          "jobs.js",
          "upload.js",
          "import.js",
          "campaign.js",
          "creative.js",
          "explain.js",
          "study.js",
          "study-run.js",
          "score.js",
          "monitor.js",
          "runs.js",
          "vega-interpreter.js");

  private Assets() {}

  /** The routes. */
  public static List<Route> routes() {
    return List.of(
        Route.get("/assets/{name}", "A style or a script.", Answer.of("text/plain"), Assets::send),
        Route.get("/favicon.ico", "No icon.", Answer.of("image/x-icon"), ctx -> ctx.status(204)));
  }

  /** Names of the studio's own styles and scripts, Vega's interpreter among them. */
  public static Set<String> own() {
    return OWN;
  }

  /**
   * One of them.
   *
   * @throws NotFoundException when there is none of that name
   */
  public static byte[] bytes(String name) {
    if (!OWN.contains(name)) {
      throw new NotFoundException("asset", "is not one of the studio's");
    }
    try (InputStream in = Assets.class.getResourceAsStream("/dev/anvil/web/assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is not on the class path; build with Maven to get it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }

  private static void send(Context ctx) {
    String name = ctx.pathParam("name");
    ctx.contentType((name.endsWith(".css") ? "text/css" : "text/javascript") + "; charset=utf-8")
        .header("Cache-Control", "private, max-age=60")
        .result(
            switch (name) {
              case "report.css" -> Resources.text("report.css").getBytes(UTF_8);
              case "vega.js" -> Resources.text("runtime/vega/vega.min.js").getBytes(UTF_8);
              case "vega-lite.js" ->
                  Resources.text("runtime/vega-lite/vega-lite.min.js").getBytes(UTF_8);
              default -> bytes(name);
            });
  }
}
