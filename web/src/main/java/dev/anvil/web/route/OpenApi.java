package dev.anvil.web.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.web.route.Route.Parameter;
import java.util.List;
import java.util.Locale;

/** The OpenAPI 3.1 document of routes. */
public final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OpenApi() {}

  /**
   * Describes the routes of the API among others.
   *
   * @param version of Anvil
   */
  public static ObjectNode of(List<Route> routes, String version) {
    JsonSchemas schemas = new JsonSchemas();
    ObjectNode document = JSON.objectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Anvil studio")
        .put("version", version)
        .put("description", "Every job of Anvil over HTTP: docs/studio.md.");
    ObjectNode paths = document.putObject("paths");
    routes.stream()
        .filter(Route::isApi)
        .forEach(
            route ->
                paths
                    .withObject("/" + route.path().replace("~", "~0").replace("/", "~1"))
                    .set(
                        route.method().name().toLowerCase(Locale.ROOT), operation(route, schemas)));
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.all());
    components
        .putObject("securitySchemes")
        .putObject("session")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "anvil-PORT");
    document.putArray("security").addObject().putArray("session");
    return document;
  }

  private static ObjectNode operation(Route route, JsonSchemas schemas) {
    ObjectNode operation = JSON.objectNode().put("summary", route.summary());
    for (Parameter parameter : route.parameters()) {
      ObjectNode described =
          operation
              .withArray("parameters")
              .addObject()
              .put("name", parameter.name())
              .put("in", parameter.place())
              .put("required", parameter.required())
              .put("description", parameter.description());
      described.set("schema", schemas.of(parameter.type()));
    }
    route
        .body()
        .ifPresent(
            type ->
                operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .set("schema", schemas.of(type)));
    ObjectNode answers = operation.putObject("responses");
    ObjectNode well = answers.putObject(Integer.toString(route.answer().status()));
    well.put("description", "All is well.");
    ObjectNode content = well.putObject("content").putObject(route.answer().media());
    if (!route.answer().type().equals(Void.class)) {
      content.set("schema", schemas.of(route.answer().type()));
    }
    answers
        .putObject("default")
        .put(
            "description",
            "Why it cannot be done: a code and problems, each with where and message.");
    return operation;
  }
}
