package dev.anvil.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.engine.request.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the document of the API with what the server does. */
class OpenApiTest {
  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static JsonNode document;

  @BeforeAll
  static void serve() throws IOException {
    fixture = StudioFixture.serve(folder);
    document = fixture.signIn().get("/api/openapi.json").json();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void describesTheRoutesThatTheServerHasAndNoOthers() {
    List<String> described = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        verb ->
                            described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    assertThat(described).containsExactlyInAnyOrderElementsOf(served());
  }

  private static List<String> served() {
    return fixture.studio().served().stream().filter(r -> r.contains(" /api/")).toList();
  }

  @Test
  void describesEveryJobOfTheEngine() {
    for (JsonSubTypes.Type type : Request.class.getAnnotation(JsonSubTypes.class).value()) {
      assertThat(document.at("/paths/~1api~1" + type.name() + "/post/requestBody").isObject())
          .as(type.name())
          .isTrue();
    }
  }

  @Test
  void refersToSchemasThatAreThere() {
    TreeSet<String> names = new TreeSet<>();
    document.findValuesAsText("$ref").forEach(names::add);
    assertThat(names).isNotEmpty();
    assertThat(names)
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject()).as(ref).isTrue());
    assertThat(document.at("/components/schemas/FitRequest/properties/campaign/anyOf").isArray())
        .isTrue();
  }

  @Test
  void namesEveryParameterOfAPath() {
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          long holes = path.getKey().chars().filter(c -> c == '{').count();
                          long named =
                              operation.path("parameters").findValuesAsText("in").stream()
                                  .filter("path"::equals)
                                  .count();
                          assertThat(named).as(path.getKey()).isEqualTo(holes);
                        }));
  }
}
