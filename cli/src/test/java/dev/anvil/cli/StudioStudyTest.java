package dev.anvil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.AnvilSettings;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.store.Run;
import dev.anvil.web.Studio;
import dev.anvil.web.StudioSettings;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of the studio is the command line's: the same file gives the same bytes. */
class StudioStudyTest {
  private static final int POSTS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** Speaks to a studio as a browser that has signed in. */
  private record Browser(HttpClient http, String base, String cookie) {
    static Browser of(Studio studio) throws Exception {
      HttpClient http = HttpClient.newHttpClient();
      String cookie =
          http.send(
                  HttpRequest.newBuilder(URI.create(studio.link())).build(),
                  BodyHandlers.ofString())
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow()
              .split(";", 2)[0];
      return new Browser(http, "http://127.0.0.1:" + studio.port(), cookie);
    }

    JsonNode ask(String method, String path, Object body) throws Exception {
      var reply =
          http.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .header("Cookie", cookie)
                  .header("Origin", base)
                  .header("Accept", path.endsWith("/events") ? "text/event-stream" : "*/*")
                  .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
      return path.endsWith("/events") ? JSON.createObjectNode() : JSON.readTree(reply.body());
    }
  }

  @Test
  void theFileThatWasClickedTogetherGivesTheSameBytesOnTheCommandLine() throws Exception {
    Path posts = SmallCampaign.write(folder, POSTS);
    Path workspace = folder.resolve("workspace");
    assertThat(Cli.run("import", posts.toString(), "--name", "Spring", "-w", "" + workspace).exit())
        .isZero();
    assertThat(Cli.run("fit", "--quiet", "-w", "" + workspace).exit()).isZero();
    Path copy = folder.resolve("copy");
    copy(workspace, copy);

    Path file = studied(workspace);
    int exit = cli("study", file.toString(), "--quiet", "-w", copy.toString());

    assertThat(exit).as(Files.readString(folder.resolve("err.txt"))).isZero();
    Map<String, String> ofCli = artefacts(copy);
    assertThat(ofCli).containsKeys("study", "study-text");
    assertThat(artefacts(workspace)).containsAllEntriesOf(ofCli);
  }

  /** Runs what the form wrote (StudioJourneyTest) in a studio; returns the file that it kept. */
  private static Path studied(Path workspace) throws Exception {
    String text =
        Files.readString(Main.home().resolve("web/src/test/resources/clicked-study.yaml"))
            .replace("likes", "clicks")
            .replace("count: 32", "count: 12");
    try (Anvil anvil = Anvil.open(AnvilSettings.of(workspace, Main.home().resolve("models")));
        Studio studio = Studio.serve(anvil, StudioSettings.local(0), link -> {})) {
      Browser browser = Browser.of(studio);
      JsonNode kept = browser.ask("PUT", "/api/study-file?name=red-and-blue", Map.of("text", text));
      long model = anvil.models().fit(Optional.empty()).id();
      Map<String, Object> study =
          Map.of("text", kept.get("text"), "folder", kept.get("folder"), "name", kept.get("file"));
      long run =
          browser
              .ask("POST", "/api/study", Map.of("what", Map.of("study", study, "model", model)))
              .get("run")
              .asLong();
      browser.ask("GET", "/api/runs/" + run + "/events", "");
      assertThat(browser.ask("GET", "/api/runs/" + run, "").get("state").asText())
          .isEqualTo("finished");
      return Path.of(kept.get("file").asText());
    }
  }

  /** Content of what the study of a workspace left, by name, as hashes. */
  private static Map<String, String> artefacts(Path workspace) {
    try (Workspace opened = Workspace.open(workspace)) {
      Run run =
          opened.runs().list().stream()
              .filter(r -> r.request().command().equals(StudyRequest.JOB))
              .findFirst()
              .orElseThrow();
      Map<String, String> all = new HashMap<>(run.result().orElseThrow().artefacts());
      all.remove("inputs");
      return all;
    }
  }

  private int cli(String... arguments) throws Exception {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Danvil.home=" + Main.home(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    return new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList())
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start()
        .waitFor();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
