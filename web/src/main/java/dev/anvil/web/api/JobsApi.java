package dev.anvil.web.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.engine.Job;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.web.route.Route;
import io.javalin.http.Context;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One route per request of the engine: what is sent is the request, and a run comes back. */
public final class JobsApi {
  private JobsApi() {}

  /** The routes. */
  public static List<Route> routes(Workbench bench) {
    List<Route> routes = new ArrayList<>();
    for (JsonSubTypes.Type type : Request.class.getAnnotation(JsonSubTypes.class).value()) {
      String job = type.name();
      routes.add(
          Route.post(
                  "/api/" + job,
                  "Submit the job \"%s\"; the answer names its run, which may be finished already."
                      .formatted(job.toLowerCase(Locale.ROOT)),
                  new Route.Answer(202, "application/json", RunView.class),
                  ctx -> submit(bench, type, ctx))
              .taking(type.value()));
    }
    return routes;
  }

  private static void submit(Workbench bench, JsonSubTypes.Type type, Context ctx) {
    Job<?> accepted = bench.anvil().jobs().submit(read(bench, type.value(), type.name(), ctx));
    if (accepted.request() instanceof ImportRequest) {
      bench.warm(accepted);
    }
    ctx.status(202);
    Json.write(ctx, RunView.of(bench.anvil(), accepted.run()));
  }

  /** The request that was sent, which touches nothing that it may not. */
  static Request<?> read(Workbench bench, Class<?> type, String job, Context ctx) {
    ObjectNode body = Json.body(ctx);
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().equals(boolean.class) && !body.has(component.getName())) {
        body.put(component.getName(), false); // a flag that is left out is off
      }
    }
    body.put("job", job);
    return bench.check().check(Requests.read(Json.text(body), job));
  }
}
