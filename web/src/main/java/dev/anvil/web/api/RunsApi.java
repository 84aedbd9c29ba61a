package dev.anvil.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.NotFoundException;
import dev.anvil.RunContext;
import dev.anvil.engine.service.study.LiveStudy;
import dev.anvil.web.guard.RefusedException;
import dev.anvil.web.route.Route;
import dev.anvil.web.route.Route.Answer;
import io.javalin.http.Context;
import io.javalin.http.sse.SseHandler;
import java.util.List;

/** Runs: how far they are, what came of them, stopping them. */
public final class RunsApi {
  private static final String EVENTS = "text/event-stream";

  private final Workbench bench;

  private RunsApi(Workbench bench) {
    this.bench = bench;
  }

  /** Runs, the newest first. */
  public record Runs(int total, List<RunView> runs) {
    public Runs {
      runs = List.copyOf(runs);
    }
  }

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    RunsApi api = new RunsApi(bench);
    return List.of(
        Route.get("/api/runs", "List runs, the newest first.", Answer.json(Runs.class), api::list)
            .takes("offset", Long.class, "runs to skip")
            .takes("limit", Long.class, "runs to list, 1 to 500; 50 if left out"),
        Route.get("/api/runs/{run}", "Show a run.", Answer.json(RunView.class), api::show)
            .id("run", "its number"),
        Route.get(
                "/api/runs/{run}/outcome",
                "Read what came of a finished run.",
                Answer.json(JsonNode.class),
                api::outcome)
            .id("run", "its number"),
        Route.get(
                "/api/runs/{run}/events",
                "Listen to a run: an event \"run\" (RunView) whenever it changes, and an event"
                    + " \"study\" (LiveStudy) whenever a study that this studio runs grows, until"
                    + " it is over.",
                Answer.of(EVENTS),
                api::events)
            .id("run", "its number"),
        Route.get(
                "/api/runs/{run}/study",
                "Show a study that this studio runs as it is now.",
                Answer.json(LiveStudy.class),
                api::study)
            .id("run", "its number"),
        Route.get(
                "/api/runs/{run}/study/picture",
                "A small picture of one of the newest variants of a study that runs, as a JPEG.",
                Answer.of("image/jpeg"),
                api::variant)
            .id("run", "its number")
            .needs("number", Long.class, "of the variant"),
        Route.get(
                "/api/runs/{run}/variant",
                "A small picture of a variant of a finished study, as a JPEG; made again where it"
                    + " was not kept.",
                Answer.of("image/jpeg"),
                api::studied)
            .id("run", "its number")
            .needs("key", String.class, "of the variant, as the outcome has it"),
        Route.post(
                "/api/runs/{run}/cancel",
                "Ask a run to stop.",
                new Answer(202, "application/json", RunView.class),
                api::cancel)
            .id("run", "its number"));
  }

  private void list(Context ctx) {
    int offset = Query.number(ctx, "offset", 0, 0, Integer.MAX_VALUE);
    int limit = Query.number(ctx, "limit", 50, 1, 500);
    var all = bench.anvil().workspace().runs().list();
    Json.write(
        ctx,
        new Runs(
            all.size(),
            all.stream()
                .skip(offset)
                .limit(limit)
                .map(run -> RunView.of(bench.anvil(), run))
                .toList()));
  }

  private void show(Context ctx) {
    Json.write(ctx, RunView.of(bench.anvil(), Query.id(ctx, "run")));
  }

  private void outcome(Context ctx) {
    Json.write(ctx, bench.anvil().outcome(Query.id(ctx, "run")));
  }

  private void events(Context ctx) throws Exception {
    long run = Query.id(ctx, "run");
    RunView.of(bench.anvil(), run);
    if (!EVENTS.equals(ctx.header("Accept"))) {
      throw new RefusedException(
          406, "Events are sent as a stream; expected the header Accept: " + EVENTS);
    }
    if (bench.events().isFull()) {
      throw new RefusedException(503, "Too many pages listen to events already; close some.");
    }
    new SseHandler(client -> bench.events().add(client, run)).handle(ctx);
  }

  private void study(Context ctx) {
    long run = Query.id(ctx, "run");
    Json.write(ctx, bench.anvil().liveStudies().find(run).orElseThrow(() -> notRunning(run)));
  }

  private void variant(Context ctx) {
    long run = Query.id(ctx, "run");
    int number = Query.number(ctx, "number", 0, 1, Integer.MAX_VALUE);
    ctx.contentType("image/jpeg")
        .result(
            bench.anvil().liveStudies().picture(run, number).orElseThrow(() -> notRunning(run)));
  }

  private void studied(Context ctx) {
    String key = Query.text(ctx, "key");
    // the key says all that the picture depends on
    ctx.header("Cache-Control", "private, max-age=86400")
        .contentType("image/jpeg")
        .result(bench.anvil().variantPictures().jpeg(Query.id(ctx, "run"), key, RunContext.NONE));
  }

  private static NotFoundException notRunning(long run) {
    return new NotFoundException("run " + run, "is no study that this studio is running");
  }

  private void cancel(Context ctx) {
    long run = Query.id(ctx, "run");
    RunView.of(bench.anvil(), run);
    bench.anvil().jobs().cancel(run);
    ctx.status(202);
    Json.write(ctx, RunView.of(bench.anvil(), run));
  }
}
