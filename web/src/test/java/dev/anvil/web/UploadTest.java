package dev.anvil.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.store.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends a studio what it should not keep. */
class UploadTest {
  private static final int MOST = 1 << 20;

  @TempDir static Path folder;

  private static StudioFixture fixture;
  private static Client client;
  private static String upload;
  private static byte[] picture;

  @BeforeAll
  static void serve() throws IOException {
    UploadLimits limits = new UploadLimits(30, MOST, 4 * MOST, 1 << 10);
    fixture =
        StudioFixture.serve(folder, new StudioSettings(0, Optional.empty(), List.of(), limits));
    client = fixture.signIn();
    upload = client.post("/api/uploads", "").json().get("id").asText();
    picture =
        Files.readAllBytes(
            StudioFixture.files(StudioFixture.HOME.resolve("showroom/campaign/pictures")).get(0));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Client.Reply put(String name, byte[] body) throws IOException {
    return client.put("/api/upload?id=" + upload + "&name=" + name, body);
  }

  @Test
  void keepsTablesAndPictures() throws IOException {
    assertThat(put("a/posts.csv", "id,picture\n".getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(put("a/pictures/one.jpg", picture).status()).isEqualTo(200);
    assertThat(client.get("/api/upload?id=" + upload).json().get("files").toString())
        .contains("a/posts.csv", "a/pictures/one.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escaped.csv",
        "a/../../escaped.csv",
        "%2e%2e/escaped.csv",
        "%2e%2e%2fescaped.csv",
        "..%5cescaped.csv",
        "a%5c..%5cescaped.csv",
        "/tmp/escaped.csv",
        "%2ftmp%2fescaped.csv",
        ".hidden.csv",
        "a/.hidden/b.csv",
        "a%00.csv",
        "a%0a.csv",
        "C:%5cescaped.csv",
        "a//escaped.csv",
        ""
      })
  void keepsNothingUnderANameThatLeadsElsewhere(String name) throws IOException {
    assertThat(put(name, "a".getBytes(UTF_8)).status()).isEqualTo(400);
    assertThat(StudioFixture.files(folder)).noneMatch(f -> f.toString().contains("escaped"));
    assertThat(Path.of("/tmp/escaped.csv")).doesNotExist();
  }

  @Test
  void takesADoublyEncodedNameAsTheNameThatItIs() throws IOException {
    assertThat(put("%252e%252e%252fdoubly.csv", "a".getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(StudioFixture.files(folder))
        .anyMatch(f -> f.endsWith(Path.of("uploads", upload, "%2e%2e%2fdoubly.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"picture.svg", "picture.jpg", "page.html", "script.js", "bundle.zip"})
  void keepsNoPictureThatABrowserWouldRun(String name) throws IOException {
    byte[] svg =
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".getBytes(UTF_8);
    assertThat(put(name, svg).status()).isEqualTo(400);
  }

  @Test
  void keepsNoPictureOfTooManyPixels() throws IOException {
    byte[] png = Files.readAllBytes(huge());
    Client.Reply reply = put("huge.png", png);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("pixels");
  }

  /** A header that says 60,000 x 60,000. */
  private static Path huge() throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(2, 2, java.awt.image.BufferedImage.TYPE_INT_RGB),
        "png",
        bytes);
    byte[] png = bytes.toByteArray();
    java.nio.ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return Files.write(folder.resolve("huge.png"), png);
  }

  @Test
  void stopsReadingAFileThatIsTooLarge() throws IOException {
    assertThat(put("large.csv", new byte[MOST + 1]).status()).isEqualTo(413);
  }

  @Test
  void stopsReadingAFileThatNeverEnds() throws IOException {
    List<String> headers =
        List.of(
            "Host: " + client.host(),
            "Origin: http://" + client.host(),
            "Content-Length: 10000000000");
    String target = "PUT /api/upload?id=" + upload + "&name=endless.csv HTTP/1.1";
    try (Socket socket = client.open(target, headers)) {
      OutputStream out = socket.getOutputStream();
      byte[] block = new byte[1 << 16];
      long sent = 0;
      try {
        while (sent < 1L << 30) {
          out.write(block);
          sent += block.length;
        }
      } catch (IOException e) {
        // the studio has hung up, as it should
      }
      assertThat(sent).isLessThan(1L << 28);
    }
    assertThat(StudioFixture.files(folder)).noneMatch(f -> f.toString().contains("endless"));
  }

  @Test
  void takesNoMoreFilesThanAllowed() throws IOException {
    String full = client.post("/api/uploads", "").json().get("id").asText();
    int last = 0;
    for (int i = 0; i < 31; i++) {
      last = client.put("/api/upload?id=" + full + "&name=" + i + ".csv", new byte[1]).status();
    }
    assertThat(last).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../studies", "%2e%2e", "0123456789abcdef0123456789abcdeX", "", "uploads"})
  void readsAndDeletesNothingButUploads(String id) throws IOException {
    Files.createDirectories(folder.resolve("work/studio/studies/kept"));
    assertThat(client.get("/api/upload?id=" + id).status()).isIn(400, 404);
    List<String> origin = List.of("Origin: http://" + client.host());
    assertThat(client.send("DELETE", "/api/upload?id=" + id, origin, new byte[0]).status())
        .isIn(400, 404);
    assertThat(folder.resolve("work/studio/studies/kept")).isDirectory();
  }

  @Test
  void readsNoBodyOfJsonWithoutEnd() throws IOException {
    assertThat(client.post("/api/fit", "{\"campaign\":\"" + "x".repeat(2 << 20)).status())
        .isEqualTo(413);
  }

  /** A run that nobody does, so that there is nothing to tell of it. */
  private static long waiting() {
    return fixture
        .anvil()
        .workspace()
        .runs()
        .submit(new Run.Request("import", "{}", "", 0, "test"))
        .id();
  }

  @Test
  void holdsManyIdleListenersWithoutAThreadForEach() throws Exception {
    long run = waiting();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        sockets.add(
            client.open(
                "GET /api/runs/" + run + "/events HTTP/1.1",
                List.of("Host: " + client.host(), "Accept: text/event-stream")));
      }
      for (Socket socket : sockets) {
        assertThat(firstEvent(socket)).contains("\"state\":\"queued\"");
      }
      assertThat(client.get("/").status()).isEqualTo(200);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(150);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static String firstEvent(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("data:")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PUT /api/upload?id=ID&name=slow.csv", "POST /api/fit", "POST /api/study"})
  void answersOthersWhileSlowBodiesArrive(String slow) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket =
            client.open(
                slow.replace("ID", upload) + " HTTP/1.1",
                List.of(
                    "Host: " + client.host(),
                    "Origin: http://" + client.host(),
                    "Content-Length: 1000"));
        sockets.add(socket);
        try {
          socket.getOutputStream().write('{');
        } catch (IOException e) {
          // refused and closed already: enough arrive
        }
      }
      long began = System.nanoTime();
      assertThat(client.get("/").status()).isEqualTo(200);
      assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aFileIsNoFolderAndAFolderNoFile() throws IOException {
    assertThat(put("both", picture).status()).isEqualTo(200);
    assertThat(put("both/inside.csv", new byte[1]).text()).contains("a file and a folder at once");
    assertThat(put("c/inside.csv", new byte[1]).status()).isEqualTo(200);
    assertThat(put("c", picture).text()).contains("a file and a folder at once");
  }
}
