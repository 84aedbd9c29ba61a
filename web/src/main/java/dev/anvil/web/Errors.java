package dev.anvil.web;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.Problem;
import dev.anvil.web.api.Json;
import dev.anvil.web.guard.RefusedException;
import dev.anvil.web.page.Layout;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.UUID;

/** Says in JSON, or on a page, why there is no answer. */
final class Errors {
  private static final System.Logger LOG = System.getLogger(Errors.class.getName());

  /**
   * Why there is no answer.
   *
   * @param code for programs
   * @param problems for people, every one of them
   */
  record Failure(String code, List<Problem> problems) {}

  private Errors() {}

  static void handle(RoutesConfig routes) {
    routes.exception(
        RefusedException.class,
        (e, ctx) -> {
          // in plain text: whoever is refused gets no style either
          ctx.status(e.status()).contentType("text/plain").result(e.getMessage() + "\n");
        });
    routes.exception(AnvilException.class, Errors::known);
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> {
          ctx.status(e.getStatus());
          say(ctx, "HTTP", List.of(new Problem("request", e.getMessage())));
        });
    routes.exception(Exception.class, Errors::unknown);
    routes.error(
        404,
        ctx -> {
          if (ctx.resultInputStream() == null || "Not Found".equals(ctx.result())) {
            say(ctx, "NOT_FOUND", List.of(new Problem(ctx.path(), "there is no such page")));
          }
        });
  }

  private static void known(AnvilException e, Context ctx) {
    ctx.status(
        switch (e.code()) {
          case INVALID_INPUT -> 400;
          case NOT_FOUND -> 404;
          case CONFLICT, CANCELLED, MISSING_PACK -> 409;
          case INTERNAL -> 500;
        });
    if (e instanceof InternalException) {
      unknown(e, ctx);
    } else {
      say(ctx, e.code().name(), e.problems());
    }
  }

  /** What is not expected may hold anything: it goes to the log, and its number to the browser. */
  private static void unknown(Exception e, Context ctx) {
    String number = UUID.randomUUID().toString();
    LOG.log(System.Logger.Level.ERROR, "request " + number + " failed", e);
    ctx.status(500);
    say(
        ctx,
        "INTERNAL",
        List.of(new Problem("request", "failed; the studio's log has it under " + number)));
  }

  private static void say(Context ctx, String code, List<Problem> problems) {
    if (ctx.path().startsWith("/api/") || ctx.path().startsWith("/assets/")) {
      Json.write(ctx, new Failure(code, problems));
    } else {
      ctx.html(Layout.error(ctx.statusCode(), problems));
    }
  }
}
