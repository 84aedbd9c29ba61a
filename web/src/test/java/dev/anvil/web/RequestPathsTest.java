package dev.anvil.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a studio for files and servers that are none of its business. */
class RequestPathsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static Client client;
  private static Path allowed;

  @BeforeAll
  static void serve() throws IOException {
    allowed = Files.createDirectories(folder.resolve("allowed"));
    fixture = StudioFixture.serve(folder, allowed);
    client = fixture.signIn();
    Files.createSymbolicLink(allowed.resolve("link"), Path.of("/etc"));
    Files.createDirectories(folder.resolve("secret"));
    Files.writeString(folder.resolve("secret/posts.csv"), "id,picture,likes\n");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "FOLDER/secret/posts.csv",
        "ALLOWED/../secret/posts.csv",
        "ALLOWED/link/passwd",
        "FOLDER/allowed2/posts.csv",
        "FOLDER/work/anvil.db",
        "secret.csv"
      })
  void importsNothingFromOutsideTheAllowedFolders(String path) throws IOException {
    String file = path.replace("ALLOWED", allowed.toString()).replace("FOLDER", folder.toString());
    for (String route : new String[] {"/api/import", "/api/preview"}) {
      Client.Reply reply = client.post(route, importing(file));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("posts", "outside the folders");
    }
  }

  private static String importing(String posts) throws IOException {
    return JSON.writeValueAsString(
        Map.of("posts", posts, "columns", Map.of("metrics", List.of(), "metadata", List.of())));
  }

  /** File systems allow more in a name than uploads do. */
  @Test
  void showsPostsWhosePicturesHaveHostileNames() throws IOException {
    Path mine = Files.createDirectories(allowed.resolve("hostile"));
    Path table = StudioFixture.posts(mine, 4);
    List<Path> pictures = StudioFixture.files(mine.resolve("pictures"));
    String[] names = {
      "<script>alert(1)</script>.jpg".replace('/', '\u2044'),
      "\" onerror=\"alert(1).jpg",
      "=cmd|' &calc'!A0.jpg",
      "%2e%2e%2f..jpg"
    };
    StringBuilder csv = new StringBuilder("id,picture,likes\n");
    for (int i = 0; i < names.length; i++) {
      Files.move(pictures.get(i), mine.resolve("pictures").resolve(names[i]));
      csv.append("p%d,\"pictures/%s\",%d%n".formatted(i, names[i].replace("\"", "\"\""), 10 + i));
    }
    Files.writeString(table, csv);
    long run = client.post("/api/import", importing(table.toString())).json().get("run").asLong();
    assertThat(client.await(run)).isEqualTo("finished");
    String page = client.get("/campaign?campaign=posts").text();
    assertThat(page).contains("p3").doesNotContain("<script>alert", "\" onerror=\"");
    Client.Reply posts = client.get("/api/posts?campaign=posts");
    assertThat(posts.header("Content-Type").orElseThrow()).startsWith("application/json");
    assertThat(posts.json().get("rows")).hasSize(names.length);
    assertThat(client.get("/api/picture?campaign=posts&post=p0").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/posts?campaign=Spring&elemnt=car",
        "/api/posts?campaign=Spring&descending=yes",
        "/api/posts?campaign=Spring&column=channel",
        "/api/runs?limit=0",
        "/api/models?model=1"
      })
  void refusesParametersThatItCannotFollow(String target) throws IOException {
    assertThat(client.get(target).status()).isEqualTo(400);
  }

  @Test
  void aStudyOfAnotherTextIsNotWrittenOver() throws IOException {
    String kept = "/api/study-file?name=mine";
    assertThat(client.put(kept, "{\"text\":\"a\"}".getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(client.put(kept, "{\"text\":\"a\"}".getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(client.put(kept, "{\"text\":\"b\"}".getBytes(UTF_8)).status()).isEqualTo(409);
    assertThat(client.put(kept + "&replace=true", "{\"text\":\"b\"}".getBytes(UTF_8)).status())
        .isEqualTo(200);
  }

  @Test
  void aPlainNameMayBeThatOfALinkThatLeadsElsewhere() throws IOException {
    assertThat(study("plates: link").text()).contains("outside the folders");
  }

  @Test
  void importsFromAnAllowedFolder() throws IOException {
    Path table = StudioFixture.posts(Files.createDirectories(allowed.resolve("mine")), 3);
    Client.Reply reply = client.post("/api/preview", importing(table.toString()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().get("posts").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/out", "ALLOWED/out", "OWN/../../out", "OWN/../out"})
  void writesNothingOutsideItsOwnFolder(String path) throws IOException {
    String own = fixture.anvil().settings().workspace().resolve("studio").toString();
    String out = path.replace("ALLOWED", allowed.toString()).replace("OWN", own);
    assertThat(client.post("/api/report", "{\"study\":1,\"folder\":\"" + out + "\"}").text())
        .contains("may not write");
    assertThat(client.post("/api/starter-study", "{\"study\":\"" + out + "/s.yaml\"}").text())
        .contains("may not write");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plates: /etc/*.conf",
        "plates: ../../secret/*.jpg",
        "plates: link/*.jpg",
        "figures: \"..\\\\..\\\\secret\\\\*.png\"",
        "file: ../secret/posts.csv"
      })
  void readsNoFilesThatAStudyNamesElsewhere(String line) throws IOException {
    Client.Reply reply = study(line);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).contains("outside the folders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://localhost:PORT/",
        "http://[::1]:PORT/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "https://example.org/",
        "file:///etc/passwd"
      })
  void callsNoServerThatAStudyNames(String address) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = address.replace("PORT", Integer.toString(server.getAddress().getPort()));
      Client.Reply reply = study("url: \"" + url + "\"");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("server that was not allowed");
      assertThat(calls).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  private static Client.Reply study(String line) throws IOException {
    String yaml =
        """
        anvil: study/1
        name: Attack
        metric: likes
        sources: {element: [car], count: 2}
        factors:
          setting:
            element: background
            editor: background
            levels:
              here: {%s}
        """
            .formatted(line);
    return client.post(
        "/api/study",
        JSON.writeValueAsString(
            Map.of(
                "what",
                Map.of("study", Map.of("text", yaml, "folder", allowed.toString(), "name", "s")))));
  }

  @Test
  void explainsNoFileElsewhere() throws IOException {
    Client.Reply reply =
        client.post("/api/explain", "{\"pictures\":[\"/etc/passwd\"],\"masks\":10,\"seed\":1}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("outside the folders");
  }
}
